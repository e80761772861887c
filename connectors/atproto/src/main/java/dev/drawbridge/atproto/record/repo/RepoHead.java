package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;

/// Where a repository stands.
///
/// @param commit the latest commit
/// @param rev its revision
/// @param data the root of its tree
public record RepoHead(Did did, Cid commit, Tid rev, Cid data) {}
