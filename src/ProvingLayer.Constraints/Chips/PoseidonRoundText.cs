using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// A permutation as rounds: constants are added, all sixteen elements or element 0 alone are cubed, a linear layer follows. Constraints need
/// the S-boxes' outputs as columns, so they cannot read the permutation as one function.
/// </summary>
internal interface IPoseidonRoundText
{
    /// <summary>The suite whose rounds these are.</summary>
    static abstract uint SuiteId { get; }

    /// <summary>The chip's name.</summary>
    static abstract string ChipName { get; }

    /// <summary>Whether all elements are cubed in a round, 0 … 27.</summary>
    static abstract bool IsFull(int round);

    /// <summary>What precedes round 0.</summary>
    static abstract void Begin<T>(Span<T> state)
        where T : struct, IRing<T>;

    /// <summary>Adds a round's constants.</summary>
    static abstract void AddConstants<T>(int round, Span<T> state)
        where T : struct, IRing<T>;

    /// <summary>Applies a round's linear layer.</summary>
    static abstract void Layer<T>(int round, Span<T> state)
        where T : struct, IRing<T>;

    /// <summary>The permutation itself.</summary>
    static abstract void Permute(Span<KoalaBear> state);
}

/// <summary>Poseidon2: external rounds are the full ones.</summary>
internal readonly struct Poseidon2RoundText : IPoseidonRoundText
{
    private const int HalfExternal = Poseidon2.ExternalRounds / 2;

    public static uint SuiteId => Poseidon2.SuiteId;

    public static string ChipName => "poseidon2";

    public static bool IsFull(int round) => round is < HalfExternal or >= HalfExternal + Poseidon2.InternalRounds;

    public static void Begin<T>(Span<T> state)
        where T : struct, IRing<T> => Poseidon2.ExternalLayer(state);

    public static void AddConstants<T>(int round, Span<T> state)
        where T : struct, IRing<T>
    {
        if (!IsFull(round))
        {
            state[0] += T.FromBase(Poseidon2.InternalConstants[round - HalfExternal]);
            return;
        }

        var constants = Poseidon2.ExternalConstants(round < HalfExternal ? round : round - Poseidon2.InternalRounds);
        for (var i = 0; i < state.Length; i++)
            state[i] += T.FromBase(constants[i]);
    }

    public static void Layer<T>(int round, Span<T> state)
        where T : struct, IRing<T>
    {
        if (IsFull(round))
            Poseidon2.ExternalLayer(state);
        else
            Poseidon2.InternalLayer(state);
    }

    public static void Permute(Span<KoalaBear> state) => Poseidon2.Permute(state);
}

/// <summary>Poseidon: one matrix for all rounds, constants for all elements.</summary>
internal readonly struct Poseidon1RoundText : IPoseidonRoundText
{
    public static uint SuiteId => Poseidon1.SuiteId;

    public static string ChipName => "poseidon1";

    public static bool IsFull(int round) => Poseidon1.IsFull(round);

    public static void Begin<T>(Span<T> state)
        where T : struct, IRing<T>
    {
    }

    public static void AddConstants<T>(int round, Span<T> state)
        where T : struct, IRing<T>
    {
        var constants = Poseidon1.RoundConstants(round);
        for (var i = 0; i < state.Length; i++)
            state[i] += T.FromBase(constants[i]);
    }

    public static void Layer<T>(int round, Span<T> state)
        where T : struct, IRing<T> => Poseidon1.MdsLayer(state);

    public static void Permute(Span<KoalaBear> state) => Poseidon1.Permute(state);
}
