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
/// The folds from the tallest height present to the final polynomial: by the greatest arity, or less where the next height is nearer,
/// so that each height's word is rolled in on its own length.
/// </summary>
internal static class FriSchedule
{
    /// <param name="parameters">Blow-up, arity and final length.</param>
    /// <param name="logHeights">The heights present, in any order; none under the final polynomial's length.</param>
    public static ImmutableArray<FriRound> Of(ProofParameters parameters, IEnumerable<int> logHeights)
    {
        var domains = logHeights.Select(log => log + parameters.LogBlowup).Distinct().OrderDescending().ToArray();
        var final = parameters.LogFinalLength + parameters.LogBlowup;
        if (domains.Length == 0 || domains[^1] < final)
            throw new InvalidOperationException("compiler bug: a height lies under the final polynomial's length");

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
