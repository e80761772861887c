package dev.drawbridge.feed.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// XHTML in Atom, and what an HTML reader makes of it.
class XhtmlTest {
    @Test
    void elementsWithoutAnEndTagStandOnceAndOthersAreClosed() {
        String document = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title><content type='xhtml'>"
                + "<div xmlns='http://www.w3.org/1999/xhtml'>one<br/>two<BR></BR>three<b/><img src='/a.png'/>"
                + "four</div></content></entry></feed>";
        Feed feed = FeedReader.read(
                document.getBytes(StandardCharsets.UTF_8), Optional.empty(), URI.create("https://news.example/atom"));
        assertThat(feed.entries().getFirst().html())
                .isEqualTo("<div>one<br>two<br>three<b></b><img src=\"https://news.example/a.png\">four</div>");
    }
}
