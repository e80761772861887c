package dev.drawbridge.feed.object;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// [RSS 2.0](https://www.rssboard.org/rss-specification) with its forerunners, [RSS
/// 1.0](https://web.resource.org/rss/1.0/spec),
/// and the modules that are common: content, Dublin Core, [Media RSS](https://www.rssboard.org/media-rss), iTunes.
final class RssReader {
    private final XmlElement channel;
    private final URI base;
    private final String language;

    private RssReader(XmlElement channel, URI address) {
        this.channel = channel;
        this.base = XmlReading.base(
                channel,
                core(channel, "link").flatMap(l -> Addresses.http(address, l)).orElse(address));
        this.language = core(channel, "language")
                .or(() -> channel.text(Spaces.DUBLIN_CORE, "language"))
                .orElse("");
    }

    /// @param root `rss` or `rdf:RDF`
    static Feed read(XmlElement root, URI address) {
        XmlElement channel = root.children()
                .filter(e -> e.name().equals("channel"))
                .findFirst()
                .orElseThrow(() -> new BadFeed("is RSS without a channel"));
        Stream<XmlElement> items = Stream.concat(
                channel.children().filter(RssReader::isItem), root.children().filter(RssReader::isItem));
        return new RssReader(channel, address).feed(items.toList());
    }

    private static boolean isItem(XmlElement element) {
        return element.name().equals("item") && Spaces.isRss(element.space());
    }

    private Feed feed(List<XmlElement> items) {
        return new Feed(
                Html.line(core(channel, "title").orElse("")),
                Html.line(core(channel, "description").orElse("")),
                core(channel, "link").flatMap(l -> Addresses.http(base, l)),
                icon(),
                language,
                every(),
                XmlReading.link(channel, "hub", base),
                XmlReading.link(channel, "self", base),
                XmlReading.entries(items, this::draft));
    }

    private Optional<URI> icon() {
        Optional<String> image = channel.children()
                .filter(e -> e.name().equals("image") && Spaces.isRss(e.space()))
                .flatMap(e -> core(e, "url").stream())
                .findFirst();
        return image.or(() -> channel.children(Spaces.ITUNES, "image")
                        .flatMap(e -> e.attribute("href").stream())
                        .findFirst())
                .flatMap(a -> Addresses.http(base, a));
    }

    /// `ttl` in minutes, or a period and how often in it.
    private Optional<Duration> every() {
        Optional<Duration> ttl =
                core(channel, "ttl").filter(t -> t.matches("\\d{1,5}")).map(t -> Duration.ofMinutes(Long.parseLong(t)));
        return ttl.or(() -> channel.text(Spaces.SYNDICATION, "updatePeriod").flatMap(period -> {
            String often = channel.text(Spaces.SYNDICATION, "updateFrequency").orElse("1");
            long times = often.matches("[1-9]\\d{0,3}") ? Long.parseLong(often) : 1;
            return switch (period) {
                case "hourly" -> Optional.of(Duration.ofHours(1).dividedBy(times));
                case "daily" -> Optional.of(Duration.ofDays(1).dividedBy(times));
                case "weekly", "monthly", "yearly" ->
                    Optional.of(Duration.ofDays(7).dividedBy(times));
                default -> Optional.empty();
            };
        }));
    }

    private Draft draft(XmlElement item) {
        URI here = XmlReading.base(item, base);
        var draft = new Draft(here);
        draft.id = core(item, "guid").or(() -> item.attribute("about"));
        core(item, "link").or(() -> permanent(item)).ifPresent(draft::link);
        XmlReading.link(item, "alternate", here).ifPresent(l -> draft.link(l.toString()));
        draft.title(
                core(item, "title").or(() -> item.text(Spaces.MEDIA, "title")).orElse(""));
        String description = core(item, "description")
                .or(() -> item.text(Spaces.MEDIA, "description"))
                .orElse("");
        Optional<String> whole = item.text(Spaces.CONTENT, "encoded");
        if (whole.isPresent()) {
            draft.summary(description);
        }
        draft.html(whole.orElse(description), here);
        draft.language = XmlReading.language(
                item, item.text(Spaces.DUBLIN_CORE, "language").orElse(language));
        draft.time = core(item, "pubDate")
                .or(() -> item.text(Spaces.DUBLIN_CORE, "date"))
                .orElse("");
        draft.published = FeedTimes.read(draft.time);
        Stream.concat(
                        item.children().filter(e -> e.name().equals("category")),
                        item.children(Spaces.DUBLIN_CORE, "subject"))
                .forEach(e -> draft.tag(e.text()));
        files(item, draft);
        return draft;
    }

    /// A `guid` is a page unless it says that it is not.
    private static Optional<String> permanent(XmlElement item) {
        return item.children()
                .filter(e -> e.name().equals("guid"))
                .filter(e -> !e.attribute("isPermaLink").orElse("true").equalsIgnoreCase("false"))
                .map(XmlElement::text)
                .filter(text -> Addresses.http(text).isPresent())
                .findFirst();
    }

    private static void files(XmlElement item, Draft draft) {
        Optional<Duration> length = item.text(Spaces.ITUNES, "duration").flatMap(FeedTimes::length);
        item.children()
                .filter(e -> e.name().equals("enclosure") && Spaces.isRss(e.space()))
                .forEach(e -> e.attribute("url")
                        .flatMap(draft::address)
                        .ifPresent(url -> draft.file(new Enclosure(url, type(e), "", 0, 0, length))));
        var media = new ArrayList<>(item.children(Spaces.MEDIA, "content").toList());
        // Of a group the first: the others are the same in other sizes.
        item.children(Spaces.MEDIA, "group")
                .forEach(group ->
                        group.children(Spaces.MEDIA, "content").findFirst().ifPresent(media::add));
        media.forEach(e -> e.attribute("url").flatMap(draft::address).ifPresent(url -> draft.file(media(e, url))));
        if (media.isEmpty()) {
            item.children(Spaces.MEDIA, "thumbnail")
                    .limit(1)
                    .forEach(e -> e.attribute("url")
                            .flatMap(draft::address)
                            .ifPresent(url ->
                                    draft.file(new Enclosure(url, Optional.of("image"), "", 0, 0, Optional.empty()))));
        }
    }

    private static Enclosure media(XmlElement e, URI url) {
        String alt = e.text(Spaces.MEDIA, "description")
                .or(() -> e.text(Spaces.MEDIA, "title"))
                .orElse("");
        int width = XmlReading.pixels(e, "width");
        int height = XmlReading.pixels(e, "height");
        Optional<Duration> length = e.attribute("duration").flatMap(FeedTimes::length);
        return new Enclosure(
                url,
                type(e).or(() -> e.attribute("medium")),
                Html.line(alt),
                height == 0 ? 0 : width,
                width == 0 ? 0 : height,
                length);
    }

    private static Optional<String> type(XmlElement e) {
        return e.attribute("type").map(t -> t.split(";", 2)[0].strip());
    }

    private static Optional<String> core(XmlElement in, String name) {
        return in.children()
                .filter(e -> e.name().equals(name) && Spaces.isRss(e.space()))
                .map(XmlElement::text)
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .findFirst();
    }
}
