using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Stark.Keys;

/// <summary>What must hold of a key's numbers, whoever made it: key generation and the reader of key files ask for the same.</summary>
internal static class KeyRules
{
    /// <summary>More public values than any statement has.</summary>
    public const int MaxPublicCount = 1 << 16;

    /// <summary>More circuits than any machine has transitions.</summary>
    public const int MaxCircuits = 256;

    /// <summary>The first rule that a key breaks, or null.</summary>
    public static string? FaultOf(VerifyingKey key)
    {
        var parameters = key.Parameters;
        if (!parameters.AreValid)
            return "a parameter is out of its range";
        if (key.Tables.IsEmpty || key.Tables.All(table => table.MainWidth == 0) || key.Tables.All(table => table.PreprocessedWidth == 0))
            return "the circuit has no columns";
        if (key.PublicCount is < 0 or > MaxPublicCount)
            return "the number of public values is out of its range";
        if (key.MaxLogInstances is < 0 or > KoalaBear.TwoAdicity)
            return "the bound of log N is out of its range";
        if (key.MaxLogInstances > 0 && key.PublicCount > 0)
            return "public values belong to a proof of one instance";
        if (key.Circuits is < 1 or > MaxCircuits)
            return "the number of circuits is out of its range";
        if (key.Circuits > 1 && key.PublicCount > 0)
            return "public values belong to a key of one circuit";
        if (key.IsHistory && key.PublicCount > 0)
            return "a history has no public values but its ends";
        if (key.PreprocessedRoots.Length != VerifyingKey.PreprocessedGroups(key.Tables))
            return "there is not one commitment to preprocessed columns for each circuit";
        for (var circuit = 0; circuit < key.Circuits; circuit++)
        {
            var own = key.Tables.Where(table => table.Circuit == circuit).ToArray();
            if (own.All(table => table.MainWidth == 0) || own.All(table => table.PreprocessedWidth == 0))
                return "a circuit has no columns";
            if (key.IsHistory && own.Count(VerifyingKey.IsStep) != 1)
                return "either all circuits of a key are steps of a history, or none";
        }

        foreach (var table in key.Tables)
        {
            if (table.LogPeriod is < CircuitTable.LeastLogPeriod or > KoalaBear.TwoAdicity)
                return $"the period of {table.Chip} is out of its range";
            if (!parameters.IsHiding && table.Layout.Degree - 1 > 1 << parameters.LogBlowup)
                return $"the degree of {table.Chip} is above what the rate allows";
        }

        return FaultAt(key, InstanceCounts.All(key.Circuits, key.MaxLogInstances));
    }

    /// <summary>Why the key does not allow this many instances, or null: two-adicity, the LogUp sum, the profile's bits.</summary>
    public static string? FaultAt(VerifyingKey key, InstanceCounts instances)
    {
        if (ReadsAt(key, instances) >= KoalaBear.Modulus)
            return "reads times heights reach p";
        var tallest = key.Tables.Max(table => table.LogHeight(instances));
        var parameters = key.Parameters;
        if (tallest + parameters.LogBlowup > KoalaBear.TwoAdicity)
            return string.Create(CultureInfo.InvariantCulture, $"a table of 2^{tallest} rows is taller than the field's two-adicity allows");
        var shape = new ProofShape(key, instances);
        if (shape.LogDomain > KoalaBear.TwoAdicity || shape.Present.Any(table => shape.LogQuotientDomain(table) > KoalaBear.TwoAdicity))
            return string.Create(CultureInfo.InvariantCulture, $"tables of up to 2^{tallest} rows need more points than the field's two-adicity allows");
        var security = SecurityLevel.Of(parameters, shape.Soundness(), key.Profile.Regime);
        return security.Bits < key.Profile.MinimumBits
            ? string.Create(CultureInfo.InvariantCulture, $"{security.Bits:F1} proven bits are fewer than the profile's {key.Profile.MinimumBits}")
            : null;
    }

    /// <summary>
    /// Messages times heights, over all buses. With one writer an address and fewer than p reads, a non-zero net count stays non-zero mod p.
    /// </summary>
    public static double ReadsAt(VerifyingKey key, InstanceCounts instances) => key.Tables
        .Where(table => table.LogHeight(instances) >= 0)
        .Sum(table => Math.ScaleB(table.Layout.Interactions, table.LogHeight(instances)));
}
