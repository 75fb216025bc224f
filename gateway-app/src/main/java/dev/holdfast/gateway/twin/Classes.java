package dev.holdfast.gateway.twin;

import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.Witness;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens the classes that are configured, over the store that they share. */
final class Classes {
  private Classes() {}

  static SortedMap<String, SharedClass> open(
      TwinSettings settings,
      Overlay overlay,
      SortedMap<RegionId, String> names,
      Twins.Outside outside) {
    SortedMap<String, SharedClass> classes = new TreeMap<>();
    for (TwinSettings.ExportClass each : settings.classes()) {
      classes.put(each.name(), open(settings, each, overlay, names, outside));
    }
    return Collections.unmodifiableSortedMap(classes);
  }

  private static SharedClass open(
      TwinSettings settings,
      TwinSettings.ExportClass exportClass,
      Overlay overlay,
      SortedMap<RegionId, String> names,
      Twins.Outside outside) {
    VerifyKey firstKey = settings.keys().first();
    KeyRing ring = KeyRing.of(exportClass.name()).with(firstKey);
    List<TwinSettings.Region> shared =
        settings.others().stream()
            .filter(region -> exportClass.regions().contains(region.name()))
            .toList();
    for (TwinSettings.Region region : shared) {
      ring = ring.with(region.firstKey());
    }
    StreamId first = StreamId.of(firstKey, 0, exportClass.name());
    Replica replica = new Replica(ring.exportClass(), first, overlay, settings.limits().replicas());
    Witness witness = outside.witnesses().get(exportClass.name());
    ClassSync sync =
        new ClassSync(
            replica,
            ring,
            new ClassSync.Self(
                settings.keys().region(),
                settings.keys().all(),
                outside.entropy(),
                witness != null && witness.continues(true, replica.own(), replica::chain)),
            shared.stream().map(TwinSettings.Region::id).toList(),
            settings.limits().sync());
    return new SharedClass(exportClass, replica, sync, names);
  }
}
