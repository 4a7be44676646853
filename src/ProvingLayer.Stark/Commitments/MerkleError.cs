namespace ProvingLayer.Stark.Commitments;

/// <summary>Why an opening of a commitment is refused.</summary>
public enum MerkleError
{
    /// <summary>It is not: the opening fits the root.</summary>
    None,

    /// <summary>The index is no leaf of the tree.</summary>
    IndexOutOfRange,

    /// <summary>There is not one row for each matrix, or a row is not as wide as its matrix.</summary>
    RowShape,

    /// <summary>The path is not as long as the tree is deep; pruned: not the number of siblings that the indices need.</summary>
    PathLength,

    /// <summary>The rows and the path lead to another root.</summary>
    RootMismatch,
}
