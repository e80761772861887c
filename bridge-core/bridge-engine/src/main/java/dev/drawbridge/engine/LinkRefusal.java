package dev.drawbridge.engine;

/// Why two accounts are not taken for one person's.
public enum LinkRefusal {
    /// Nobody of another network has that name, several have it, or it is a stand-in.
    NOBODY,
    /// Who could tell does not answer now.
    SILENT,
    /// The account of who asks does not name the other one.
    UNSAID_HERE,
    /// The other one does not name the account of who asks.
    UNSAID_THERE,
    /// One of them is linked with somebody else of the other's network.
    TAKEN,
    /// One of them does not want to be bridged, or is kept out by the operator.
    BARRED
}
