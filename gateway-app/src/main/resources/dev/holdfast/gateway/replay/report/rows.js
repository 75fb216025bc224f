/* The rows of the timeline, and what of them lies where. */

const Rows = (() => {
  // What is closer than this is drawn as one: a row has no more parts than its width has room for.
  const MERGE = 2.5;

  /** Nodes in the order of the run, each with what leaves it, then what is named nowhere else. */
  function build(data) {
    const rows = [];
    const nodes = new Map(
      data.nodes.map((each) => [each.node, {name: each.node, faults: [], links: new Map()}]),
    );
    const node = (name) => {
      if (!nodes.has(name)) {
        nodes.set(name, {name, faults: [], links: new Map()});
      }
      return nodes.get(name);
    };
    const link = (name) => {
      const between = middle(name, nodes);
      const sender = node(between < 0 ? name : name.slice(0, between));
      if (!sender.links.has(name)) {
        sender.links.set(name, {
          name,
          to: between < 0 ? name : name.slice(between + 1),
          faults: [],
          contacts: [],
        });
      }
      return sender.links.get(name);
    };
    for (const contact of data.contacts) {
      link(contact.link).contacts.push(contact);
    }
    for (const fault of data.faults) {
      if (nodes.has(fault.where)) {
        node(fault.where).faults.push(fault);
      } else if (fault.where.includes(">")) {
        link(fault.where).faults.push(fault);
      } else {
        fault.where.split(/,\s*/).forEach((name) => node(name).faults.push(fault));
      }
    }
    const order = new Map([...nodes.keys()].map((name, i) => [name, i]));
    for (const each of nodes.values()) {
      const links = [...each.links.values()].sort(
        (a, b) => (order.get(a.to) ?? nodes.size) - (order.get(b.to) ?? nodes.size),
      );
      if (links.length || each.faults.length) {
        rows.push({
          kind: "node",
          name: each.name,
          title: each.name,
          label: each.name,
          faults: each.faults,
          contacts: [],
          words: each.name,
        });
        links.forEach((one) =>
          rows.push({
            kind: "link",
            name: one.name,
            title: each.name + " → " + one.to,
            label: "→ " + one.to,
            node: each.name,
            faults: one.faults,
            contacts: one.contacts,
            words: one.name,
          }),
        );
      }
    }
    rows.forEach(sort);
    return rows;
  }

  /** Where the sender's name ends: a name may hold the sign itself. */
  function middle(link, nodes) {
    for (let at = link.indexOf(">"); at >= 0; at = link.indexOf(">", at + 1)) {
      if (nodes.has(link.slice(0, at)) && nodes.has(link.slice(at + 1))) {
        return at;
      }
    }
    return link.indexOf(">");
  }

  /** Orders a row by time, and notes how far what began before reaches, for the search. */
  function sort(row) {
    row.contacts.sort((a, b) => a.from_s - b.from_s);
    row.faults.sort((a, b) => a.at_s - b.at_s);
    let reach = -1;
    row.reach = row.contacts.map((contact) => (reach = Math.max(reach, contact.to_s)));
  }

  /** The first contact of a row that ends after an instant, or one before it. */
  function firstAfter(row, at) {
    let low = 0;
    let high = row.reach.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (row.reach[middle] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How much of a volume was used: 0..1; all of it if there was none and something was carried. */
  function share(capacity, carried) {
    return capacity > 0 ? Math.min(1, carried / capacity) : carried > 0 ? 1 : 0;
  }

  /** The bars of a row: what lies together on the screen is one bar of all of it. */
  function bars(row) {
    const found = [];
    let now;
    for (let i = firstAfter(row, View.from); i < row.contacts.length; i++) {
      const contact = row.contacts[i];
      if (contact.from_s >= View.to) {
        break;
      }
      if (contact.to_s < View.from) {
        continue;
      }
      const a = Frame.inside(Frame.x(contact.from_s));
      const b = Math.max(Frame.inside(Frame.x(contact.to_s)), a + 1);
      if (!now || b - now.a > MERGE) {
        now = {a, b, capacity: 0, carried: 0, free: 0};
        found.push(now);
      }
      now.b = Math.max(now.b, b);
      if (contact.capacity_bytes === undefined) {
        now.free += contact.carried_bytes;
      } else {
        now.capacity += contact.capacity_bytes;
        now.carried += contact.carried_bytes;
      }
    }
    return found;
  }

  /** What stands at a place of a row: faults, and contacts, as far as a hand can tell. */
  function under(row, x) {
    if (x < Frame.left) {
      return {row, contacts: [], faults: [], name: true};
    }
    const near = Frame.perPixel * 2;
    const time = Frame.time(x);
    const contacts = [];
    for (
      let i = firstAfter(row, time - near);
      i < row.contacts.length && row.contacts[i].from_s <= time + near;
      i++
    ) {
      if (row.contacts[i].to_s >= time - near) {
        contacts.push(row.contacts[i]);
      }
    }
    const flag = Frame.perPixel * 4;
    const faults = row.faults.filter(
      (fault) => fault.at_s - flag <= time && fault.at_s + Math.max(fault.for_s, flag) >= time,
    );
    return {row, contacts, faults};
  }

  return {build, firstAfter, share, bars, under};
})();
