package dev.drawbridge.feed.translate;

import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.feed.object.Html;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a feed shows of itself.
public final class FeedProfiles {
    /// Parts of addresses that say no more than that there is a feed.
    private static final Set<String> EMPTY_WORDS =
            Set.of("feed", "feeds", "rss", "rss2", "atom", "index", "main", "default", "all", "xml", "json");

    private FeedProfiles() {}

    public static Profile of(URI address, Feed feed) {
        String handle = handle(address);
        boolean refuses = (feed.title() + ' ' + feed.description())
                .toLowerCase(Locale.ROOT)
                .matches("(?s).*#nobridge\\b.*");
        return Profile.builder(EntryEvents.author(address), handle)
                .displayName(feed.title().isEmpty() ? handle : feed.title())
                .bio(RichText.plain(feed.description()))
                .url(feed.site())
                .avatar(feed.icon())
                .automated(true)
                .refusesBridging(refuses)
                .build();
    }

    /// What was cut when the feed was read.
    static List<Loss> lost(Feed feed) {
        List<Loss> losses = new ArrayList<>();
        if (Html.isCut(feed.title(), Feed.LONGEST_TITLE)) {
            losses.add(new Loss("displayName", "cut to " + Feed.LONGEST_TITLE + " characters"));
        }
        if (Html.isCut(feed.description(), Feed.LONGEST_DESCRIPTION)) {
            losses.add(new Loss("description", "cut to " + Feed.LONGEST_DESCRIPTION + " characters"));
        }
        return losses;
    }

    /// The host, and what tells one feed from another there: `news.example`, `news.example/sport`.
    static String handle(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT).replaceFirst("^(www|feeds?|rss)\\.(?=.+\\.)", "");
        String path = address.getPath() == null ? "" : address.getPath();
        String rest = Arrays.stream(path.split("/"))
                .map(part -> part.replaceFirst("\\.(xml|rss|atom|json|rdf|php)$", ""))
                .filter(part -> !part.isEmpty() && !EMPTY_WORDS.contains(part.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining("/"));
        return rest.isEmpty() ? host : host + '/' + rest;
    }
}
