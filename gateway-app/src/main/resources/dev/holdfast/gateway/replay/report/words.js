/* Contacts and faults in words. */

const Words = (() => {
  const precise = (seconds) => Text.instant(seconds, View.span < 600 ? 1e-3 : 1);

  function wordsOfContact(contact) {
    const lines = [
      precise(contact.from_s) +
        " to " +
        precise(contact.to_s) +
        ", " +
        Text.duration(contact.to_s - contact.from_s),
    ];
    lines.push(
      contact.capacity_bytes === undefined
        ? "carried " + Text.bytes(contact.carried_bytes) + ", no limit"
        : "carried " +
            Text.bytes(contact.carried_bytes) +
            " of " +
            Text.bytes(contact.capacity_bytes) +
            (contact.capacity_bytes > 0
              ? ", " + Text.share(contact.carried_bytes / contact.capacity_bytes)
              : ""),
    );
    return lines;
  }

  function wordsOfFault(fault) {
    return (
      "Fault: " +
      fault.what +
      "\n" +
      precise(fault.at_s) +
      (fault.for_s ? ", for " + Text.duration(fault.for_s) : "")
    );
  }

  function words(found) {
    const lines = [found.row.title];
    found.faults.slice(0, 4).forEach((fault) => lines.push(wordsOfFault(fault)));
    if (found.faults.length > 4) {
      lines.push("and " + Text.many(found.faults.length - 4, "more fault"));
    }
    const contacts = found.contacts;
    if (contacts.length === 1) {
      lines.push(...wordsOfContact(contacts[0]));
    } else if (contacts.length) {
      lines.push(...wordsOfSeveral(contacts));
    }
    return lines;
  }

  function wordsOfSeveral(contacts) {
    const limited = contacts.filter((each) => each.capacity_bytes !== undefined);
    const sum = (list, field) => list.reduce((all, each) => all + each[field], 0);
    const capacity = sum(limited, "capacity_bytes");
    const lines = [
      Text.many(contacts.length, "contact") +
        ", " +
        precise(contacts[0].from_s) +
        " to " +
        precise(Math.max(...contacts.map((each) => each.to_s))),
    ];
    lines.push(
      "carried " +
        Text.bytes(sum(contacts, "carried_bytes")) +
        (limited.length === contacts.length
          ? " of " +
            Text.bytes(capacity) +
            (capacity ? ", " + Text.share(sum(contacts, "carried_bytes") / capacity) : "")
          : ""),
    );
    return lines;
  }

  return {precise, contact: wordsOfContact, fault: wordsOfFault, all: words};
})();
