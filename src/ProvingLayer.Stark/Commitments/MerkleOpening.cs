using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Commitments;

/// <summary>One opened index of a tree.</summary>
/// <param name="Rows">The opened row of every matrix, in the order of commitment.</param>
/// <param name="Path">The siblings from the leaf's up to the root's child.</param>
public sealed record MerkleOpening(IReadOnlyList<KoalaBear[]> Rows, IReadOnlyList<Digest> Path);
