package dev.holdfast.custody.rocks;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.RecordContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksRecordTest extends RecordContract {
  private static final RocksOptions OPTIONS = RocksOptions.defaults().withReserveBytes(0);

  @TempDir Path temp;
  private int copies;

  private RocksBundleStore open() {
    return RocksBundleStore.open(temp.resolve("store-" + copies), OPTIONS);
  }

  @Override
  protected BundleStore create() {
    return open();
  }

  @Override
  protected BundleStore reopen(BundleStore before) {
    before.close();
    return open();
  }

  @Override
  protected BundleStore crash(BundleStore before) {
    Path from = temp.resolve("store-" + copies);
    copies++;
    CrashCopy.make(from, temp.resolve("store-" + copies));
    before.close();
    return open();
  }
}
