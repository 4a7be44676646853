namespace ProvingLayer.Cli.Shell;

/// <summary>Finds what the user may have meant.</summary>
internal static class Suggestion
{
    /// <summary>The candidate nearest to what was written, if one is near enough to be worth a question.</summary>
    public static string? Nearest(string written, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(written.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Candidate is not null && best.Distance <= Math.Max(1, written.Length / 3) ? best.Candidate : null;
    }

    /// <summary>"did you mean 'x'?", or null when nothing is near.</summary>
    public static string? Question(string written, IEnumerable<string> candidates) =>
        Nearest(written, candidates) is { } nearest ? $"did you mean '{nearest}'?" : null;

    // Optimal string alignment: insertions, deletions, substitutions, and swaps of neighbours (the commonest slip of the fingers).
    private static int Distance(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                distance[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1,
                    distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[a.Length, b.Length];
    }
}
