package dev.drawbridge.atproto;

/// What people leave with.
///
/// @param moves their account, to another server
/// @param belongings what it said, as files
record Leaving(MovesOut moves, Belongings belongings) {}
