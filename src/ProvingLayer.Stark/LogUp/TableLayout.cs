using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Symbolic;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.LogUp;

/// <summary>
/// What the protocol makes of a chip: the columns of its permutation matrix and the constraints folded at a point. In the matrix stand, five
/// base columns an extension column, the helpers and the sum S, then, where the circuit may be proved more than once, the instance column. A
/// hiding key gives a table with witness columns and a terminal the columns and messages of <see cref="TerminalMask"/>, after the chip's own.
/// </summary>
internal sealed class TableLayout
{
    /// <summary>S = 0 on the first row; S(next) = S + Σh; T = S + Σh on the last row.</summary>
    private const int SumConstraints = 3;

    /// <summary>0 on the first row; instance(next) = instance + end.</summary>
    private const int InstanceConstraints = 2;

    /// <param name="chip">The chip.</param>
    /// <param name="parameters">The key's.</param>
    /// <param name="logPeriod">log₂ of the rows of one instance.</param>
    /// <param name="maxLogInstances">log₂ of the most instances in one proof.</param>
    public TableLayout(Chip chip, ProofParameters parameters, int logPeriod, int maxLogInstances)
    {
        Chip = chip;
        Groups = chip.Reading.Layout.Groups;
        Interactions = chip.Reading.Interactions.Length;
        MainWidth = chip.MainColumns.Length;
        HasMask = parameters.IsHiding && Interactions > 0 && MainWidth > 0;
        if (HasMask)
        {
            // h·∏ den is of degree 3 for two fractions, of degree 2 for one.
            Groups = Degree >= 3
                ? Groups.Add(new(Interactions, TerminalMask.Messages, 3))
                : Groups.Add(new(Interactions, 1, 2)).Add(new(Interactions + 1, 1, 2));
            Interactions += TerminalMask.Messages;
            MainWidth += TerminalMask.Columns;
        }

        HasInstance = maxLogInstances > 0 && !chip.IsShared;
        PermutationWidth = (HasInteractions ? (Groups.Length + 1) * Extension5.Degree : 0) + (HasInstance ? 1 : 0);
        FoldedConstraints = chip.Reading.Constraints.Length
            + (HasInteractions ? Groups.Length + SumConstraints : 0)
            + (HasInstance ? InstanceConstraints : 0);
        var buses = chip.Reading.Interactions.Select(interaction => interaction.Bus);
        MessageWidth = (HasMask ? buses.Append(Bus.Mask) : buses).Select(bus => bus.Width() + 1).DefaultIfEmpty(0).Max();
    }

    public Chip Chip { get; }

    /// <summary>Columns of the main matrix.</summary>
    public int MainWidth { get; }

    /// <summary>Whether the table masks its terminal.</summary>
    public bool HasMask { get; }

    /// <summary>The first of the main columns that hold masks.</summary>
    public int MaskColumn => Chip.MainColumns.Length;

    /// <summary>The first of the messages that send and receive masks.</summary>
    public int MaskMessage => Interactions - TerminalMask.Messages;

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

    /// <summary>Constraints folded with powers of the constraint challenge.</summary>
    public int FoldedConstraints { get; }

    /// <summary>Values of the widest message, its bus id counted.</summary>
    public int MessageWidth { get; }
}
