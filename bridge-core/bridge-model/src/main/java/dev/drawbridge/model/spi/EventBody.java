package dev.drawbridge.model.spi;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An event as its network wrote it, and what was read of it. A translator is asked about an event more than once and
/// takes it apart once.
public final class EventBody {
    private final String text;
    /// Whoever comes second sees it or reads again, which gives the same.
    private volatile @Nullable Contents contents;

    private record Contents(Function<String, ?> reader, Object read) {}

    private EventBody(String text, @Nullable Contents contents) {
        this.text = text;
        this.contents = contents;
    }

    /// @param text JSON
    public static EventBody of(String text) {
        return new EventBody(text, null);
    }

    /// A text that was taken apart already.
    ///
    /// @param reader what did it, and will ask for it: the same instance as is given to [#read(Function)]
    public static <T> EventBody of(String text, Function<String, T> reader, T read) {
        return new EventBody(text, new Contents(reader, read));
    }

    public String text() {
        return text;
    }

    /// What a pure function makes of the text; it is called once as long as the same instance asks.
    public <T> T read(Function<String, T> reader) {
        Contents known = contents;
        if (known != null && known.reader().equals(reader)) {
            @SuppressWarnings("unchecked") // this very reader made it
            T read = (T) known.read();
            return read;
        }
        T read = reader.apply(text);
        contents = new Contents(reader, read);
        return read;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventBody body && text.equals(body.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
