package dev.drawbridge.atproto.record.mst;

/// How large a tree of others may be before it is refused: keys can be chosen so that a node grows or the tree gets
/// deep.
///
/// Spec: [Security considerations](https://atproto.com/specs/repository#security-considerations)
///
/// @param maxNodeBytes length of one node's block
/// @param maxEntries keys in one node; four are usual
/// @param maxHeight layers above the lowest; a repository of a million records has about ten
public record MstLimits(int maxNodeBytes, int maxEntries, int maxHeight) {
    public static final MstLimits DEFAULT = new MstLimits(500_000, 1_000, 40);
}
