/// Our PDS at rest: accounts, repositories and the event log in MongoDB, and the order of writes that a crash cannot
/// break.
///
/// Everything that happens to a repository goes through one document, its [RepoState]: changing it is the moment the
/// change counts. The document carries the events that announce the change until they are in the log; whoever finds
/// such a document after a crash finishes the work.
@NullMarked
package dev.drawbridge.atproto.store;

import org.jspecify.annotations.NullMarked;
