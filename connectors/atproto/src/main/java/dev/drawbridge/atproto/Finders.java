package dev.drawbridge.atproto;

import dev.drawbridge.atproto.wire.IdentityLookup;
import dev.drawbridge.atproto.wire.ModerationLists;
import dev.drawbridge.atproto.wire.RepoHistory;

/// Where the connector looks for what the network knows.
///
/// @param lookup profiles and records
/// @param names accounts by what people call them
/// @param identities who they say they are elsewhere
/// @param lists lists of accounts, for the operator's rules
/// @param past what people posted before
record Finders(Lookup lookup, NameLookup names, IdentityLookup identities, ModerationLists lists, RepoHistory past) {}
