package dev.drawbridge.feed.object;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a feed of whatever format. What it is stands in the document: servers call feeds all kinds of things.
public final class FeedReader {
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([a-z0-9._:-]{2,40})");

    private FeedReader() {}

    /// @param contentType as the server says
    /// @param address where it was fetched
    /// @throws BadFeed if it is no feed
    public static Feed read(byte[] document, Optional<String> contentType, URI address) {
        int start = 0;
        while (start < document.length && document[start] <= ' ' && document[start] >= 0) {
            start++;
        }
        if (start == document.length) {
            throw new BadFeed("is empty");
        }
        return document[start] == '{'
                ? JsonFeed.read(new String(document, StandardCharsets.UTF_8), address)
                : xml(
                        start == 0 ? document : java.util.Arrays.copyOfRange(document, start, document.length),
                        contentType,
                        address);
    }

    private static Feed xml(byte[] document, Optional<String> contentType, URI address) {
        XmlElement root = XmlTree.read(document, contentType.flatMap(FeedReader::charset));
        if (root.name().equals("feed") && root.space().equals(Spaces.ATOM)) {
            return AtomReader.read(root, address);
        }
        boolean rss = root.name().equals("rss")
                || (root.name().equals("RDF") && root.space().equals(Spaces.RDF));
        if (!rss) {
            throw new BadFeed("is XML, but neither RSS nor Atom");
        }
        return RssReader.read(root, address);
    }

    private static Optional<String> charset(String contentType) {
        Matcher found = CHARSET.matcher(contentType);
        if (!found.find()) {
            return Optional.empty();
        }
        try {
            return Charset.isSupported(found.group(1)) ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
