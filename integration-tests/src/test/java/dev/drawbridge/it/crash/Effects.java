package dev.drawbridge.it.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which copies of which posts a network has. A post is known by a token in its text.
final class Effects {
    private static final Pattern TOKEN = Pattern.compile("token-[a-z]+-\\d+-end");

    private final Map<String, Set<String>> copies = new ConcurrentHashMap<>();

    static String token(String source, int number) {
        return "token-" + source + '-' + number + "-end";
    }

    /// A copy was seen; the same one may be seen often.
    void saw(String text, String id) {
        Matcher token = TOKEN.matcher(text);
        if (token.find()) {
            copies.computeIfAbsent(token.group(), _ -> ConcurrentHashMap.newKeySet())
                    .add(id);
        }
    }

    /// What should be there once and is not.
    List<String> wrong(String network, Collection<String> tokens) {
        var wrong = new ArrayList<String>();
        for (String token : tokens) {
            Set<String> found = copies.getOrDefault(token, Set.of());
            if (found.size() != 1) {
                wrong.add(token + " has " + found.size() + " copies on " + network
                        + (found.isEmpty() ? "" : ": " + found));
            }
        }
        return wrong;
    }
}
