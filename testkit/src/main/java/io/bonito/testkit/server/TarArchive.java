package io.bonito.testkit.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks tar archives: files, folders and symbolic links, which is all that servers have.
 *
 * <pre>
 *   header of 512 bytes      at   0 name(100)   at 100 mode(8)   at 124 size(12, octal)
 *                            at 156 type(1)     at 157 link target(100)   at 345 prefix(155)
 *   content                  filled up to a multiple of 512
 * </pre>
 */
final class TarArchive {
  private static final int BLOCK = 512;

  private TarArchive() {}

  static void unpackCompressed(InputStream compressed, Path directory) throws IOException {
    InputStream tar = new BufferedInputStream(new GZIPInputStream(compressed));
    for (byte[] header = tar.readNBytes(BLOCK); ; header = tar.readNBytes(BLOCK)) {
      if (header.length < BLOCK || header[0] == 0) {
        return;
      }
      long size = Long.parseLong(text(header, 124, 12).strip(), 8);
      String folder = text(header, 345, 155);
      String name = (folder.isEmpty() ? "" : folder + "/") + text(header, 0, 100);
      Path path = inside(directory, name);
      switch (header[156]) {
        case '5' -> Files.createDirectories(path);
        case '2' -> {
          Files.createDirectories(parent(path));
          Files.createSymbolicLink(path, Path.of(text(header, 157, 100)));
        }
        default -> {
          Files.createDirectories(parent(path));
          copy(tar, size, path);
          if ((Integer.parseInt(text(header, 100, 8).strip(), 8) & 0b001_000_000) != 0) {
            makeExecutable(path);
          }
        }
      }
    }
  }

  private static void copy(InputStream tar, long size, Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (long left = size; left > 0; ) {
        int count = tar.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new EOFException("archive ends within " + file);
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
    tar.skipNBytes(-size & (BLOCK - 1));
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  /** The path of an archive's entry; an entry that would leave the folder is refused. */
  static Path inside(Path directory, String name) throws IOException {
    Path path = directory.resolve(name).normalize();
    if (!path.startsWith(directory)) {
      throw new IOException("archive entry outside of its folder: " + name);
    }
    return path;
  }

  static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("no folder for " + file);
    }
    return parent;
  }

  static void makeExecutable(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.addAll(
        Set.of(
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE));
    Files.setPosixFilePermissions(file, permissions);
  }
}
