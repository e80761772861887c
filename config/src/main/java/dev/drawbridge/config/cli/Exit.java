package dev.drawbridge.config.cli;

/// What a command ends with.
final class Exit {
    static final int OK = 0;
    /// Something outside is not as it must be: a store, a directory, a port.
    static final int FAILED = 1;
    /// What was typed, written or fed in is wrong.
    static final int WRONG_INPUT = 2;

    private Exit() {}
}
