package dev.drawbridge.model;

import java.net.URI;
import java.util.List;

/// Something that stands in a line of an [ArticleBody].
public sealed interface Inline {
    /// Words as a reader sees them, without markup.
    record Text(String text) implements Inline {}

    record Emphasis(List<Inline> words) implements Inline {
        public Emphasis {
            words = List.copyOf(words);
        }
    }

    record Strong(List<Inline> words) implements Inline {
        public Strong {
            words = List.copyOf(words);
        }
    }

    /// Words of a program, exactly as they are.
    record Code(String text) implements Inline {}

    /// A link to a page of the web.
    ///
    /// @param target http or https
    record Link(URI target, List<Inline> words) implements Inline {
        public Link {
            words = List.copyOf(words);
            requireWeb(target);
        }
    }

    /// Somebody is addressed.
    ///
    /// @param actor the person meant, as the source network names them
    /// @param name how they are called, usually `@handle`
    record Mention(NativeId actor, String name) implements Inline {}

    /// @param tag without the leading `#`, in the case the author used
    /// @param shown what stands in the text
    record Hashtag(String tag, String shown) implements Inline {}

    /// @param url http or https
    /// @param alt what it shows; empty if the author did not say
    record Picture(URI url, String alt) implements Inline {
        public Picture {
            requireWeb(url);
        }
    }

    /// The line ends here, the paragraph does not.
    record LineBreak() implements Inline {}

    /// Whether an address is one of the web: anything else may be a program.
    static boolean isWeb(URI address) {
        return ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()))
                && address.getHost() != null;
    }

    private static void requireWeb(URI address) {
        if (!isWeb(address)) {
            throw new IllegalArgumentException("no address of the web: " + address);
        }
    }
}
