using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Symbolic;

namespace ProvingLayer.Stark.LogUp;

/// <summary>
/// What the protocol makes of a chip: the columns of its permutation matrix and the constraints folded at a point. In the matrix stand, five
/// base columns an extension column, the helpers and the sum S, then, where the circuit may be proved more than once, the instance column.
/// </summary>
internal sealed class TableLayout
{
    /// <summary>S = 0 on the first row; S(next) = S + Σh; T = S + Σh on the last row.</summary>
    private const int SumConstraints = 3;

    /// <summary>0 on the first row; instance(next) = instance + end.</summary>
    private const int InstanceConstraints = 2;

    /// <param name="chip">The chip.</param>
    /// <param name="isRepeated">Whether the circuit may be proved for more than one instance.</param>
    public TableLayout(Chip chip, bool isRepeated)
    {
        Chip = chip;
        Groups = chip.Reading.Layout.Groups;
        Interactions = chip.Reading.Interactions.Length;
        HasInstance = isRepeated && !chip.IsShared;
        PermutationWidth = (HasInteractions ? (Groups.Length + 1) * Extension5.Degree : 0) + (HasInstance ? 1 : 0);
        FoldedConstraints = chip.Reading.Constraints.Length
            + (HasInteractions ? Groups.Length + SumConstraints : 0)
            + (HasInstance ? InstanceConstraints : 0);
        MessageWidth = chip.Reading.Interactions.Select(interaction => interaction.Bus.Width() + 1).DefaultIfEmpty(0).Max();
    }

    public Chip Chip { get; }

    /// <summary>Messages that share a helper column.</summary>
    public ImmutableArray<InteractionGroup> Groups { get; }

    /// <summary>Fractions a row.</summary>
    public int Interactions { get; }

    /// <summary>Whether the table has a sum column and a terminal.</summary>
    public bool HasInteractions => Interactions > 0;

    /// <summary>Whether the table has an instance column.</summary>
    public bool HasInstance { get; }

    /// <summary>Base columns of the permutation matrix.</summary>
    public int PermutationWidth { get; }

    /// <summary>The first base column of S.</summary>
    public int SumColumn => Groups.Length * Extension5.Degree;

    /// <summary>The instance column.</summary>
    public int InstanceColumn => PermutationWidth - 1;

    /// <summary>The declared degree bounds every constraint. The selectors' own constraints have degree 2.</summary>
    public int Degree => Math.Max(Chip.Degree, 2);

    /// <summary>A constraint of degree d divided by X^H − 1 leaves degree below (d − 1)·H.</summary>
    public int Chunks => Degree - 1;

    /// <summary>Constraints folded with powers of the constraint challenge.</summary>
    public int FoldedConstraints { get; }

    /// <summary>Values of the widest message, its bus id counted.</summary>
    public int MessageWidth { get; }
}
