package dev.drawbridge.atproto.wire;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/// TXT records of a name.
@FunctionalInterface
public interface TxtRecords {
    /// Every record, as one string each; none if DNS says that there are none.
    ///
    /// @throws Unavailable if DNS does not say either
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
            throw unavailable(name, e);
        } catch (TextParseException e) {
            // No name of DNS: nothing can be there.
            return List.of();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoSuchDomainException || e.getCause() instanceof NoSuchRRSetException) {
                return List.of();
            }
            throw unavailable(name, e);
        } catch (TimeoutException | CompletionException e) {
            throw unavailable(name, e);
        }
    }

    private static Unavailable unavailable(String name, Exception why) {
        return new Unavailable("DNS does not say what " + name + " is: " + why, Optional.empty());
    }
}
