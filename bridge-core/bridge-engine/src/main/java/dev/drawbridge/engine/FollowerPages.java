package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everybody on one network who follows a person, in the order of their ids and a page at a time, however many they
/// are. The store finds ids by how they begin, so a page ends where a beginning ends, and the next one starts with the
/// beginnings that come after it. Ids are keys in hex, DIDs and URIs: printable ASCII.
///
/// @param limit of one page
record FollowerPages(Follows follows, int limit) {
    private static final char LAST = '~';

    /// @param done how the ids up to the end of this page begin at most; empty if nobody comes after it
    record Page(List<NativeId> followers, Optional<String> done) {
        Page {
            followers = List.copyOf(followers);
        }
    }

    /// @param done what the page before said; empty for the first one
    Page next(NativeId followed, Network network, Optional<String> done) {
        return next(followed, network, done, limit);
    }

    private Page next(NativeId followed, Network network, Optional<String> done, int most) {
        List<NativeId> found = new ArrayList<>();
        if (done.isEmpty()) {
            found.addAll(follows.followersOf(followed, network, "", most + 1));
        }
        String last = done.orElse("");
        for (int at = last.length() - 1; at >= 0 && found.size() <= most; at--) {
            for (char c = (char) (last.charAt(at) + 1); c <= LAST && found.size() <= most; c++) {
                String beginning = last.substring(0, at) + c;
                found.addAll(follows.followersOf(followed, network, beginning, most + 1 - found.size()));
            }
        }
        if (found.size() <= most) {
            return new Page(found, Optional.empty());
        }
        for (int end = most; end > 0; end--) {
            String inside = found.get(end - 1).value();
            String outside = found.get(end).value();
            if (!outside.startsWith(inside)) {
                return new Page(found.subList(0, end), Optional.of(inside.substring(0, common(inside, outside) + 1)));
            }
        }
        // Each is the beginning of the next: there is no end of a page among so few.
        return next(followed, network, done, 2 * most);
    }

    private static int common(String one, String other) {
        int at = 0;
        while (one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }
}
