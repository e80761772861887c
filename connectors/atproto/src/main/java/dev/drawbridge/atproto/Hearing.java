package dev.drawbridge.atproto;

import dev.drawbridge.atproto.http.Reporting;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.wire.People;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.model.spi.Translator;
import java.time.InstantSource;
import java.util.Optional;

/// Hands complaints that come in over HTTP to the bridge.
final class Hearing implements Reporting {
    private final People people;
    private final Translator translator;
    private final InstantSource clock;
    private volatile Optional<EventSink> sink = Optional.empty();

    Hearing(People people, Translator translator, InstantSource clock) {
        this.people = people;
        this.translator = translator;
        this.clock = clock;
    }

    void start(EventSink events) {
        sink = Optional.of(events);
    }

    @Override
    public Optional<DidKey> key(Did did, boolean anew) {
        if (anew) {
            people.forget(did);
        }
        return people.document(did).flatMap(DidDocument::signingKey);
    }

    @Override
    public Outcome hear(DataMap complaint) {
        if (sink.isEmpty()) {
            return Outcome.LATER;
        }
        if (!(translator.decode(DataJson.write(complaint), clock.instant())
                instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _))) {
            return Outcome.NOT_HERE;
        }
        return switch (sink.get().accept(event)) {
            case Receipt.Accepted _ -> Outcome.HEARD;
            case Receipt.Ignored _ -> Outcome.NOT_HERE;
            case Receipt.Busy _ -> Outcome.LATER;
        };
    }
}
