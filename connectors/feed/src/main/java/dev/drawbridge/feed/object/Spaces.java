package dev.drawbridge.feed.object;

/// Namespaces of what stands in feeds.
final class Spaces {
    static final String ATOM = "http://www.w3.org/2005/Atom";
    static final String CONTENT = "http://purl.org/rss/1.0/modules/content/";
    static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
    static final String MEDIA = "http://search.yahoo.com/mrss/";
    static final String SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/";
    static final String ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd";
    static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    private static final String RSS_1 = "http://purl.org/rss/1.0/";
    private static final String RSS_090 = "http://my.netscape.com/rdf/simple/0.9/";

    private Spaces() {}

    /// Whether an element is RSS's own: of no namespace, or of an old version's.
    static boolean isRss(String space) {
        return space.isEmpty()
                || space.equals(RSS_1)
                || space.equals(RSS_090)
                || space.startsWith("http://backend.userland.com/");
    }
}
