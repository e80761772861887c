package dev.drawbridge.engine;

/// Why those who follow a stand-in are not told that it goes on under another account of its network.
public enum MoveRefusal {
    /// They have no stand-in on a network whose followers would go along, or it is not theirs to send on: the operator
    /// removed them.
    NOTHING_MOVES,
    /// Nobody there has that name, or it is a stand-in of this bridge.
    NOBODY,
    /// Who could tell does not answer now.
    SILENT,
    /// The account does not say that the stand-in is its own.
    UNPROVEN,
    /// The stand-in went elsewhere less than seven days ago.
    LATELY,
    /// They asked to be carried there after they said this.
    SAID_LATER
}
