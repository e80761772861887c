package dev.drawbridge.model.spi;

import java.io.IOException;
import java.io.OutputStream;

/// Where a connector puts what it keeps of somebody, one file after the other.
public interface Shelf {
    /// Writes one file, whole before this returns.
    ///
    /// @param name a path of letters, digits, `.`, `-` and `_`, with `/` between; each is put once
    /// @throws IOException if whoever reads is gone
    /// @throws IllegalArgumentException if it is no such name
    void put(String name, Content content) throws IOException;

    /// What is in a file.
    @FunctionalInterface
    interface Content {
        /// @param out left open
        void writeTo(OutputStream out) throws IOException;
    }
}
