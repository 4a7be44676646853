using System.Collections.Immutable;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Fri;

/// <summary>One fold: a word on 2^LogDomain points becomes one on 2^(LogDomain − LogArity).</summary>
/// <param name="LogDomain">log₂ of the points before the fold.</param>
/// <param name="LogArity">log₂ of the arity k.</param>
/// <param name="RollsIn">Whether a reduced word of the new length is added, times β^k.</param>
internal readonly record struct FriRound(int LogDomain, int LogArity, bool RollsIn)
{
    public int LogFolded => LogDomain - LogArity;

    public int Arity => 1 << LogArity;
}

/// <summary>
/// The folds from the longest word present to the final polynomial: by the greatest arity, or less where the next word's length is nearer,
/// so that each word is rolled in on its own length.
/// </summary>
internal static class FriSchedule
{
    /// <param name="parameters">Blow-up, arity and final length.</param>
    /// <param name="logDomains">log₂ of the lengths of the words present, in any order; none shorter than the final polynomial's word.</param>
    public static ImmutableArray<FriRound> Of(ProofParameters parameters, IEnumerable<int> logDomains)
    {
        var domains = logDomains.Distinct().OrderDescending().ToArray();
        var final = parameters.LogFinalDomain;
        if (domains.Length == 0 || domains[^1] < final)
            throw new InvalidOperationException("compiler bug: a word is shorter than the final polynomial's");

        var rounds = ImmutableArray.CreateBuilder<FriRound>();
        var current = domains[0];
        var next = 1;
        while (current > final)
        {
            var target = next < domains.Length ? domains[next] : final;
            var folded = Math.Max(current - parameters.LogArity, target);
            var rollsIn = next < domains.Length && domains[next] == folded;
            if (rollsIn)
                next++;
            rounds.Add(new(current, current - folded, rollsIn));
            current = folded;
        }

        return rounds.ToImmutable();
    }
}
