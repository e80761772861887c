package dev.drawbridge.console;

import dev.drawbridge.engine.MyAccount;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What somebody is told of answers that are not carried, on their page.
///
/// @param rhythm `daily` or `weekly`
/// @param since from when on is counted
/// @param due when they are told next
/// @param letters whether a bot tells them; else they read it here
record DigestView(String rhythm, String since, String due, boolean letters, long answers, List<Line> posts) {
    /// @param page where the answers are
    record Line(long answers, Optional<URI> page) {}

    static DigestView of(MyAccount.Digest digest) {
        return new DigestView(
                digest.rhythm().name().toLowerCase(Locale.ROOT),
                When.shown(digest.since()),
                When.shown(digest.due()),
                digest.letters(),
                digest.answers(),
                digest.posts().stream()
                        .map(post -> new Line(post.answers(), post.page()))
                        .toList());
    }
}
