package dev.drawbridge.atproto.wire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/// TXT records of a name.
@FunctionalInterface
public interface TxtRecords {
    /// Every record, as one string each; none if there are none or DNS does not answer.
    List<String> of(String name);

    /// The resolvers of this machine.
    static TxtRecords ofSystem() {
        Duration patience = Duration.ofSeconds(2);
        ExtendedResolver resolver = new ExtendedResolver();
        resolver.setTimeout(patience);
        LookupSession session =
                LookupSession.defaultBuilder().resolver(resolver).build();
        return name -> lookUp(session, name, patience.multipliedBy(3));
    }

    private static List<String> lookUp(LookupSession session, String name, Duration patience) {
        try {
            return session
                    .lookupAsync(Name.fromString(name, Name.root), Type.TXT)
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .getRecords()
                    .stream()
                    .filter(TXTRecord.class::isInstance)
                    .map(record -> String.join("", ((TXTRecord) record).getStrings()))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (TextParseException | ExecutionException | TimeoutException | CompletionException e) {
            return List.of();
        }
    }
}
