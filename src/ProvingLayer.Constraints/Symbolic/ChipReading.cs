using System.Collections.Immutable;

namespace ProvingLayer.Constraints.Symbolic;

/// <summary>A constraint as the symbolic reader found it.</summary>
public sealed class ConstraintReading
{
    internal ConstraintReading(string name, ExpressionNode value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>What it says, for people.</summary>
    public string Name { get; }

    /// <summary>Its degree; every column counts 1.</summary>
    public int Degree => Value.Degree;

    internal ExpressionNode Value { get; }
}

/// <summary>A message as the symbolic reader found it.</summary>
public sealed class InteractionReading
{
    internal InteractionReading(
        Bus bus, MultiplicityKind kind, bool isSend, string name, ExpressionNode multiplicity, ImmutableArray<ExpressionNode> values)
    {
        Bus = bus;
        Kind = kind;
        IsSend = isSend;
        Name = name;
        Multiplicity = multiplicity;
        Values = values;
    }

    /// <summary>Its bus.</summary>
    public Bus Bus { get; }

    /// <summary>Where its multiplicity comes from, as the chip declares it.</summary>
    public MultiplicityKind Kind { get; }

    /// <summary>Whether it is sent (+) or received (−).</summary>
    public bool IsSend { get; }

    /// <summary>What it says, for people.</summary>
    public string Name { get; }

    /// <summary>Degree of the multiplicity.</summary>
    public int NumeratorDegree => Multiplicity.Degree;

    /// <summary>Greatest degree of a value: the degree of the fingerprint.</summary>
    public int DenominatorDegree => Values.Select(value => value.Degree).DefaultIfEmpty(0).Max();

    internal ExpressionNode Multiplicity { get; }

    internal ImmutableArray<ExpressionNode> Values { get; }
}

/// <summary>A chip as the symbolic reader found it: one reading serves key generation, prover and verifier.</summary>
public sealed class ChipReading
{
    internal ChipReading(
        Chip chip, ImmutableArray<ConstraintReading> constraints, ImmutableArray<InteractionReading> interactions, string canonicalText)
    {
        Constraints = constraints;
        Interactions = interactions;
        CanonicalText = canonicalText;
        Layout = InteractionLayout.Of(interactions, chip.Degree);
        ConstraintDegree = constraints.Select(constraint => constraint.Degree).DefaultIfEmpty(0).Max();
    }

    /// <summary>The constraints, in the order in which the chip writes them.</summary>
    public ImmutableArray<ConstraintReading> Constraints { get; }

    /// <summary>The messages, in the order in which the chip writes them.</summary>
    public ImmutableArray<InteractionReading> Interactions { get; }

    /// <summary>Which messages share a LogUp helper column at the chip's declared degree.</summary>
    public InteractionLayout Layout { get; }

    /// <summary>Greatest degree of the chip's own constraints.</summary>
    public int ConstraintDegree { get; }

    /// <summary>Greatest degree of all, the LogUp helpers included; not above the declared one unless the chip is faulty.</summary>
    public int MaximumDegree => Math.Max(ConstraintDegree, Layout.Degree);

    /// <summary>Constraints and messages as a text without names of columns and constraints: what the machine id is a digest of.</summary>
    public string CanonicalText { get; }
}

/// <summary>Messages that share a helper column: <paramref name="Count"/> consecutive ones from <paramref name="Start"/> on.</summary>
/// <param name="Start">Index of the first.</param>
/// <param name="Count">How many.</param>
/// <param name="Degree">Degree of the helper's constraint.</param>
public readonly record struct InteractionGroup(int Start, int Count, int Degree);

/// <summary>
/// Which messages share a LogUp helper column. Column h of a group holds h·∏ den = Σ num·∏ others, of degree
/// max(1 + Σ deg den, max over i of deg numᵢ + Σ_{j≠i} deg denⱼ). Groups are consecutive messages, as many as the chip's degree allows, so that
/// a reader can form them as the messages come.
/// </summary>
public sealed class InteractionLayout
{
    private InteractionLayout(ImmutableArray<InteractionGroup> groups) => Groups = groups;

    /// <summary>The groups; group i has helper column i.</summary>
    public ImmutableArray<InteractionGroup> Groups { get; }

    /// <summary>Greatest degree of a helper's constraint; 0 without messages.</summary>
    public int Degree => Groups.Select(group => group.Degree).DefaultIfEmpty(0).Max();

    internal static InteractionLayout Of(ImmutableArray<InteractionReading> interactions, int degree)
    {
        var groups = ImmutableArray.CreateBuilder<InteractionGroup>();
        var start = 0;
        while (start < interactions.Length)
        {
            var count = 1;
            while (start + count < interactions.Length && DegreeOf(interactions.AsSpan().Slice(start, count + 1)) <= degree)
                count++;
            groups.Add(new(start, count, DegreeOf(interactions.AsSpan().Slice(start, count))));
            start += count;
        }

        return new(groups.ToImmutable());
    }

    private static int DegreeOf(ReadOnlySpan<InteractionReading> group)
    {
        var denominators = 0;
        foreach (var interaction in group)
            denominators += interaction.DenominatorDegree;
        var degree = 1 + denominators;
        foreach (var interaction in group)
            degree = Math.Max(degree, interaction.NumeratorDegree + denominators - interaction.DenominatorDegree);
        return degree;
    }
}
