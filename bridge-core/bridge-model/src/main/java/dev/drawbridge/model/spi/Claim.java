package dev.drawbridge.model.spi;

/// Whether an account says that another one is its own.
public enum Claim {
    MADE,
    MISSING,
    /// Who could tell does not answer now.
    SILENT
}
