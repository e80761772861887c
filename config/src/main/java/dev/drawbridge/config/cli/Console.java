package dev.drawbridge.config.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command reads and writes: the terminal, or a test. Always UTF-8, whatever the locale says.
///
/// @param in what `-` reads
/// @param out the result
/// @param err what is said about it
public record Console(InputStream in, PrintStream out, PrintStream err) {
    public static Console terminal() {
        return new Console(System.in, utf8(java.io.FileDescriptor.out), utf8(java.io.FileDescriptor.err));
    }

    private static PrintStream utf8(java.io.FileDescriptor where) {
        return new PrintStream(new java.io.FileOutputStream(where), true, StandardCharsets.UTF_8);
    }
}
