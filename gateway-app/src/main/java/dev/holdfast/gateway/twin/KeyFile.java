package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifyKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A region's private key as a file: Ed25519 in PKCS#8 (RFC 8410 §7) as PEM (RFC 7468 §10), as
 * {@code openssl pkey} reads and writes it. Only its owner may read it. Any platform thread.
 */
public final class KeyFile {
  private static final int MOST_BYTES = 16 << 10;
  private static final int LINE = 64;
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final EnumSet<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  /** Version 1, algorithm 1.3.101.112, and the head of an octet string within an octet string. */
  private static final Octets PRIVATE_HEAD = Octets.ofHex("302e020100300506032b657004220420");

  /** The same as version 2, which has the public key behind the private one (RFC 5958 §2). */
  private static final Octets PAIR_HEAD = Octets.ofHex("3051020101300506032b657004220420");

  private static final Octets PAIR_MIDDLE = Octets.ofHex("812100");
  private static final Octets PUBLIC_HEAD = Octets.ofHex("302a300506032b6570032100");

  private KeyFile() {}

  /**
   * A key, or what is left of it.
   *
   * @param open the public key
   * @param secret the private one; empty if the file holds only the public one
   */
  public record Kept(VerifyKey open, Optional<SigningKey> secret) {}

  /**
   * Reads a private key.
   *
   * @throws IOException if it cannot be used; the message names the file, and tells what to do
   */
  public static SigningKey read(Path file) throws IOException {
    Matcher pem = pem(file);
    if (!pem.group(1).equals(PRIVATE)) {
      throw unusable(file, other(pem.group(1)));
    }
    checkOwnerOnly(file);
    return key(file, der(file, pem));
  }

  /**
   * Reads a private key, or the public one of a key that signs no more and was destroyed.
   *
   * @throws IOException if it cannot be used; the message names the file, and tells what to do
   */
  public static Kept readKept(Path file) throws IOException {
    Matcher pem = pem(file);
    if (!pem.group(1).equals(PUBLIC)) {
      SigningKey secret = read(file);
      return new Kept(secret.verifyKey(), Optional.of(secret));
    }
    Octets der = der(file, pem);
    if (starts(der, PUBLIC_HEAD) && der.size() == PUBLIC_HEAD.size() + VerifyKey.SIZE) {
      Optional<VerifyKey> open = VerifyKey.of(der.from(PUBLIC_HEAD.size()));
      if (open.isPresent()) {
        return new Kept(open.get(), Optional.empty());
      }
    }
    throw unusable(file, "is no Ed25519 public key; holdfast keys show prints one");
  }

  private static Matcher pem(Path file) throws IOException {
    checkThere(file);
    Matcher pem = PEM.matcher(text(file));
    if (!pem.find()) {
      throw unusable(file, "is no key in PEM; make one with holdfast keys generate");
    }
    return pem;
  }

  private static Octets der(Path file, Matcher pem) throws IOException {
    try {
      return Octets.wrap(Base64.getMimeDecoder().decode(pem.group(2)));
    } catch (IllegalArgumentException e) {
      throw unusable(file, "is damaged: " + e.getMessage());
    }
  }

  private static String other(String label) {
    return label.equals("ENCRYPTED PRIVATE KEY")
        ? "is encrypted; write it out with openssl pkey -in FILE -out NEW, mode 600"
        : "holds a " + label + ", not a PRIVATE KEY in PKCS#8; openssl pkey writes one";
  }

  private static SigningKey key(Path file, Octets der) throws IOException {
    if (starts(der, PRIVATE_HEAD) && der.size() == PRIVATE_HEAD.size() + SigningKey.SIZE) {
      return new SigningKey(der.from(PRIVATE_HEAD.size()));
    }
    int end = PAIR_HEAD.size() + SigningKey.SIZE;
    int open = end + PAIR_MIDDLE.size();
    if (starts(der, PAIR_HEAD)
        && der.size() == open + VerifyKey.SIZE
        && der.slice(end, open).equals(PAIR_MIDDLE)) {
      SigningKey key = new SigningKey(der.slice(PAIR_HEAD.size(), end));
      if (!key.verifyKey().octets().equals(der.from(open))) {
        throw unusable(file, "is damaged: its public key is not that of its private key");
      }
      return key;
    }
    throw unusable(file, "is no Ed25519 key; make one with holdfast keys generate");
  }

  private static boolean starts(Octets octets, Octets head) {
    return octets.size() >= head.size() && octets.slice(0, head.size()).equals(head);
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unusable(file, "is no key: more than " + MOST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static void checkThere(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw unusable(file, "there is no such key; make one with holdfast keys generate " + file);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw unusable(file, "cannot be read: no file, or not this user's");
    }
  }

  private static void checkOwnerOnly(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
      if (may.contains(PosixFilePermission.OTHERS_READ)
          || may.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw unusable(
            file,
            "is open to every user ("
                + PosixFilePermissions.toString(may)
                + "); chmod 600 it, and take a new key if others were here");
      }
    }
  }

  private static IOException unusable(Path file, String why) {
    return new IOException(file + ": " + why);
  }

  /**
   * Writes a private key, synced, for its owner only.
   *
   * @param file where
   * @param secret {@value SigningKey#SIZE} bytes that nobody can guess
   * @param replace whether a file that is there may be replaced
   * @throws IOException if it cannot be written, or is there and may not be replaced; the message
   *     names the file, and tells what to do
   */
  public static void write(Path file, Octets secret, boolean replace) throws IOException {
    if (secret.size() != SigningKey.SIZE) {
      throw new IllegalArgumentException("a key has " + SigningKey.SIZE + " bytes");
    }
    String text = pem(PRIVATE, PRIVATE_HEAD, secret);
    try {
      if (replace) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        create(fresh, text);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        create(file, text);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + ": is there already, and a key that is gone is gone", e);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such folder; make it first", e);
    } catch (FileSystemException e) {
      throw new IOException(file + ": cannot be written: " + e.getReason(), e);
    }
  }

  private static void create(Path file, String text) throws IOException {
    FileAttribute<?>[] owner =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    try (FileChannel out =
        FileChannel.open(
            file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        int _ = out.write(bytes);
      }
      out.force(true);
    }
  }

  /** A public key as PEM (RFC 8410 §4, RFC 7468 §13), with the end of its last line. */
  public static String publicPem(VerifyKey key) {
    return pem(PUBLIC, PUBLIC_HEAD, key.octets());
  }

  private static String pem(String label, Octets head, Octets key) {
    byte[] der = Octets.concat(List.of(head, key)).toByteArray();
    String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
