using System.Collections.Immutable;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Stark.Keys;

/// <summary>A named choice of parameters and the security level that it promises. A key fixes its profile.</summary>
/// <param name="Id">The profile's number in keys; never reused.</param>
/// <param name="Name">The profile's name in configuration and messages.</param>
/// <param name="Parameters">What it fixes for transparent proofs.</param>
/// <param name="Regime">The decoding regime in which the level is counted.</param>
/// <param name="MinimumBits">Proven bits below which the verifier refuses a shape.</param>
/// <param name="IsForTests">Whether the verifier refuses it unless it is told otherwise.</param>
public sealed record Profile(int Id, string Name, ProofParameters Parameters, DecodingRegime Regime, int MinimumBits, bool IsForTests)
{
    /// <summary>At least 100 proven bits at every height: 61 queries at rate 1/8, 62 at 17/128, three fewer for low tables, 16 bits of grinding.</summary>
    public static Profile Standard { get; } = new(1, "standard", new(3, 3, 3, 61, 16, 0, 0), DecodingRegime.Best, 100, false) { HidingQueries = 62, SavedQueries = 3 };

    /// <summary>At least 120 proven bits in the degree-5 extension: grinding on every round.</summary>
    public static Profile High { get; } = new(2, "high", new(3, 3, 3, 80, 16, 16, 6), DecodingRegime.Best, 120, false) { HidingQueries = 82 };

    /// <summary>At least 100 bits from unique decoding alone, the oldest of the bounds.</summary>
    public static Profile UniqueDecoding { get; } = new(3, "udr", new(3, 3, 3, 102, 16, 0, 0), DecodingRegime.Unique, 100, false) { HidingQueries = 103 };

    /// <summary>
    /// At least 100 proven bits for circuits that verify proofs: fewer queries and more grinding than <see cref="Standard"/>, since each query is paid for once more by the circuit
    /// that verifies the proof.
    /// </summary>
    public static Profile Recursion { get; } = new(4, "recursion", new(3, 3, 3, 55, 20, 0, 0), DecodingRegime.Best, 100, false) { HidingQueries = 57 };

    /// <summary>Two queries, no grinding: proofs that prove nothing, small enough for exhaustive tests.</summary>
    public static Profile Test { get; } = new(255, "test", new(3, 3, 3, 2, 0, 0, 0), DecodingRegime.Best, 0, true) { HidingQueries = 2 };

    /// <summary>Queries of hiding proofs: their rate is 17/16 of the transparent one's, so that they may need one or two more.</summary>
    public required int HidingQueries { get; init; }

    /// <summary>Queries that a key does without whose tables have at most 2^<see cref="LogLowHeight"/> rows in every proof: the shorter the codewords, the more a query proves.</summary>
    public int SavedQueries { get; init; }

    /// <summary>log₂ of the greatest height that is low.</summary>
    public const int LogLowHeight = 11;

    /// <summary>All profiles, in the order of their ids.</summary>
    public static ImmutableArray<Profile> All { get; } = [Standard, High, UniqueDecoding, Recursion, Test];

    /// <summary>What the profile fixes for transparent or for hiding proofs, of tables of any height.</summary>
    public ProofParameters ParametersOf(bool isHiding) => isHiding ? Parameters with { IsHiding = true, LogFinalLength = 4, Queries = HidingQueries } : Parameters;

    /// <summary>What the profile fixes for transparent or for hiding proofs, of tables of at most 2^<paramref name="logTallest"/> rows.</summary>
    public ProofParameters ParametersOf(bool isHiding, int logTallest) =>
        ParametersOf(isHiding) is var parameters && logTallest <= LogLowHeight ? parameters with { Queries = parameters.Queries - SavedQueries } : parameters;

    /// <summary>The profile with an id, or null.</summary>
    public static Profile? FromId(int id) => All.FirstOrDefault(profile => profile.Id == id);

    /// <summary>The profile with a name, or null.</summary>
    public static Profile? FromName(string name) => All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal));
}
