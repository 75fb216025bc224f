package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake3Digest;

/**
 * A register of octets that are taken whole, with their size and BLAKE3 id: an image, a model, a
 * configuration. Two concurrent ones stand side by side; nothing is merged within them.
 */
public final class Blob extends Versions<Blob.Content> {
  /** Length of an id in bytes. */
  public static final int ID_SIZE = 32;

  /** Never written. */
  public static final Blob EMPTY = new Blob(SortedTree.empty());

  /**
   * Octets and their name.
   *
   * @param id BLAKE3-256 of the octets
   * @param octets the octets themselves
   */
  public record Content(Octets id, Octets octets) {
    /** Checks that the id is that of the octets. */
    public Content {
      if (!id.equals(blake3(octets))) {
        throw new IllegalArgumentException(id.hex() + " is not the id of these octets");
      }
    }

    /** Names the octets. */
    public static Content of(Octets octets) {
      return new Content(blake3(octets), octets);
    }

    /** How many bytes. */
    public long size() {
      return octets.size();
    }

    private static Octets blake3(Octets octets) {
      var digest = new Blake3Digest(8 * ID_SIZE);
      return octets.read(
          (array, offset, length) -> {
            digest.update(array, offset, length);
            byte[] id = new byte[ID_SIZE];
            digest.doFinal(id, 0);
            return Octets.wrap(id);
          });
    }
  }

  private Blob(SortedTree<Dot, Stamped<Content>> entries) {
    super(entries);
  }

  /** Replaces what is there. */
  public Causal<Blob> write(Dot dot, Hlc at, Content content) {
    return Causal.delta(dot, new Blob(SortedTree.of(dot, new Stamped<>(at, content))), dots());
  }

  /** Takes away what is there; what is written concurrently stays. */
  public Causal<Blob> clear(Dot dot) {
    return Causal.delta(dot, EMPTY, dots());
  }

  @Override
  public Kind kind() {
    return Kind.BLOB;
  }

  @Override
  Blob changed(List<Dot> gone, SortedTree<Dot, Stamped<Content>> come) {
    return new Blob(with(gone, come));
  }
}
