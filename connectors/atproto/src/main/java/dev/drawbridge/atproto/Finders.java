package dev.drawbridge.atproto;

import dev.drawbridge.atproto.wire.ModerationLists;
import dev.drawbridge.atproto.wire.RepoHistory;

/// Where the connector looks for what the network knows.
///
/// @param lookup profiles and records
/// @param names accounts by what people call them
/// @param lists lists of accounts, for the operator's rules
/// @param past what people posted before
record Finders(Lookup lookup, NameLookup names, ModerationLists lists, RepoHistory past) {}
