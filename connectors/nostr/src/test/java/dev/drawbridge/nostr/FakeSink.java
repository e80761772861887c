package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.util.ArrayList;
import java.util.List;

/// Takes what the engine would take.
public final class FakeSink implements EventSink {
    private final List<NativeEvent> taken = new ArrayList<>();
    public Receipt answer = new Receipt.Accepted();

    @Override
    public synchronized Receipt accept(NativeEvent event) {
        if (answer instanceof Receipt.Accepted) {
            taken.add(event);
        }
        return answer;
    }

    public synchronized List<NativeEvent> taken() {
        List<NativeEvent> copy = List.copyOf(taken);
        taken.clear();
        return copy;
    }
}
