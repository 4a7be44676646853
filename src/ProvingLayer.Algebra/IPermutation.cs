namespace ProvingLayer.Algebra;

/// <summary>A hash suite: a permutation of 16 field elements. A choice of configuration: its id is bound into keys and transcripts.</summary>
public interface IPermutation
{
    /// <summary>Field elements in the state.</summary>
    const int Width = 16;

    /// <summary>The suite's number in keys, proofs and transcripts; never reused.</summary>
    static abstract uint SuiteId { get; }

    /// <summary>The suite's name in configuration and messages.</summary>
    static abstract string Name { get; }

    /// <summary>Permutes one state of 16 elements in place.</summary>
    static abstract void Permute(Span<KoalaBear> state);

    /// <summary>Permutes 16 states in place; lane j of the 16 vectors is state j.</summary>
    static abstract void PermutePacked(Span<PackedKoalaBear> state);
}
