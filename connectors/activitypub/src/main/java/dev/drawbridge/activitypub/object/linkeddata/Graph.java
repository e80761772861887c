package dev.drawbridge.activitypub.object.linkeddata;

import dev.drawbridge.activitypub.object.As2;
import java.util.List;
import java.util.Optional;

/// What a document says as linked data.
///
/// @param canonical the same text for every document that says the same
public record Graph(List<Statement> statements, String canonical) {
    public Graph {
        statements = List.copyOf(statements);
    }

    /// The document again, written from its statements alone, with the names that ActivityPub servers use.
    ///
    /// What the text had beyond its statements is not in it. Values keep the order of the text, which no
    /// statement says: whoever passes it on can change it.
    ///
    /// @param id what the document is called
    /// @return empty if nothing is said about it, or in a way that cannot be written as a document
    public Optional<As2> document(String id) {
        return new DocumentWriter(statements).write(id);
    }
}
