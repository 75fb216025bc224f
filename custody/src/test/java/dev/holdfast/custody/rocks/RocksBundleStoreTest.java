package dev.holdfast.custody.rocks;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.BundleStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksBundleStoreTest extends BundleStoreContract {
  private static final RocksOptions OPTIONS =
      RocksOptions.defaults().withSeenRecords(SEEN_QUOTA).withReserveBytes(0);

  @TempDir Path directory;

  @Override
  protected BundleStore create() {
    return RocksBundleStore.open(directory.resolve("store"), OPTIONS);
  }

  @Override
  protected BundleStore reopen(BundleStore before) {
    before.close();
    return RocksBundleStore.open(directory.resolve("store"), OPTIONS);
  }
}
