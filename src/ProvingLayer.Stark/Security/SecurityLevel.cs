using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Security;

/// <summary>One round of the protocol and the bits it holds, its grinding included.</summary>
/// <param name="Name">The round.</param>
/// <param name="Bits">−log₂ of its error.</param>
public readonly record struct RoundSecurity(string Name, double Bits);

/// <summary>
/// The proven security of one proof: bits per round, and their minimum. Computed from what the verifier enforces; never entered by hand.
/// </summary>
/// <param name="Regime">The decoding regime of the bound.</param>
/// <param name="M">The parameter m of the Johnson regime; 0 for unique decoding.</param>
/// <param name="Rounds">Each round.</param>
public sealed record SecurityLevel(DecodingRegime Regime, int M, ImmutableArray<RoundSecurity> Rounds)
{
    // θ tends to 1 − √ρ as m grows; past this the query round gains less than 2⁻¹⁰ bits a query.
    private const int GreatestM = 1000;

    private const int LeastM = 3;

    /// <summary>p^5, the number of elements challenges are drawn from.</summary>
    private static readonly double FieldSize = Math.Pow(KoalaBear.Modulus, Extension5.Degree);

    /// <summary>The least round: what the proof holds.</summary>
    public double Bits => Rounds.Min(round => round.Bits);

    /// <summary>The better of unique decoding and of Johnson at its best m.</summary>
    public static SecurityLevel Of(ProofParameters parameters, SoundnessShape shape, DecodingRegime regime = DecodingRegime.Best)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(shape);
        return regime switch
        {
            DecodingRegime.Unique => OfUnique(parameters, shape, FieldSize),
            DecodingRegime.Johnson => OfJohnson(parameters, shape, FieldSize),
            _ => Better(OfUnique(parameters, shape, FieldSize), OfJohnson(parameters, shape, FieldSize)),
        };
    }

    internal static SecurityLevel OfUnique(ProofParameters parameters, SoundnessShape shape, double fieldSize) =>
        new(DecodingRegime.Unique, 0, AllRounds(SoundnessBound.Unique(fieldSize, parameters.Rate, shape.LogDomain), parameters, shape));

    /// <summary>As m grows the query round gains and every other round loses: the best m is where the query round ceases to be the least.</summary>
    internal static SecurityLevel OfJohnson(ProofParameters parameters, SoundnessShape shape, double fieldSize)
    {
        var best = At(LeastM);
        for (var m = LeastM + 1; m <= GreatestM; m++)
        {
            var next = At(m);
            if (next.Bits <= best.Bits)
                break;
            best = next;
        }

        return best;

        SecurityLevel At(int m) =>
            new(DecodingRegime.Johnson, m, AllRounds(SoundnessBound.Johnson(fieldSize, parameters.Rate, shape.LogDomain, m), parameters, shape));
    }

    private static SecurityLevel Better(SecurityLevel first, SecurityLevel second) => first.Bits >= second.Bits ? first : second;

    private static ImmutableArray<RoundSecurity> AllRounds(SoundnessBound bound, ProofParameters parameters, SoundnessShape shape)
    {
        var rounds = ImmutableArray.CreateBuilder<RoundSecurity>(shape.LogArities.Length + 6);
        rounds.Add(new("LogUp", bound.LogUp(shape.Fractions, shape.MessageWidth)));
        rounds.Add(new("constraints", bound.Constraints(shape.Constraints)));
        rounds.Add(new("out of domain", bound.OutOfDomain(shape.Degree, shape.PointsPerColumn)));
        rounds.Add(new("batch", bound.Batch(shape.BatchedTerms) + parameters.BatchGrindingBits));
        var shrink = 1.0;
        foreach (var logArity in shape.LogArities)
        {
            shrink = Math.ScaleB(shrink, logArity);
            rounds.Add(new("fold", bound.Fold(shrink, 1 << logArity) + parameters.FoldGrindingBits));
        }

        rounds.Add(new("queries", bound.Query(parameters.Queries) + parameters.QueryGrindingBits));
        rounds.Add(new("hash", HashStrength));
        return rounds.MoveToImmutable();
    }

    /// <summary>½·min(digest, capacity): collisions of eight field elements.</summary>
    private static double HashStrength { get; } = Digest.Length * Math.Log2(KoalaBear.Modulus) / 2;
}
