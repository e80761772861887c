package dev.drawbridge.activitypub.object.linkeddata;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// The JSON-LD contexts that come with the bridge. Any other one is refused: nothing is ever fetched.
final class BundledContexts implements DocumentLoader {
    private static final Map<String, String> FILES = Map.of(
            "https://www.w3.org/ns/activitystreams", "activitystreams",
            "https://w3id.org/security/v1", "security-v1",
            "https://w3id.org/identity/v1", "identity-v1",
            "https://w3id.org/security/data-integrity/v1", "data-integrity-v1",
            "https://w3id.org/security/data-integrity/v2", "data-integrity-v2",
            "https://w3id.org/security/multikey/v1", "multikey-v1",
            "https://www.w3.org/ns/did/v1", "did-v1",
            "https://gotosocial.org/ns", "gotosocial");

    private final Map<String, Document> documents = new HashMap<>();

    BundledContexts() {
        FILES.forEach((address, file) -> documents.put(address, read(address, file + ".jsonld")));
    }

    private static Document read(String address, String file) {
        try (var stream = BundledContexts.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("not in the jar: " + file);
            }
            var document = JsonDocument.of(stream);
            document.setDocumentUrl(URI.create(address));
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonLdError e) {
            throw new IllegalStateException("not a context: " + file, e);
        }
    }

    @Override
    public Document loadDocument(URI url, DocumentLoaderOptions options) throws JsonLdError {
        Document found = documents.get(url.toString());
        if (found == null) {
            throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "not a context we know: " + url);
        }
        return found;
    }
}
