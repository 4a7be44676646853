using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Symbolic;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.LogUp;

/// <summary>
/// What the protocol makes of a chip: the columns of its permutation matrix and the constraints folded at a point. In the matrix stand, five
/// base columns an extension column, the helpers; at the leader of a <see cref="HeightGroup"/> then the sum S, over the helpers of the whole group, and, where the
/// circuit may be proved more than once, the group's instance column. A hiding key gives a leader with witness columns the columns and messages of
/// <see cref="TerminalMask"/>, after the chip's own.
/// </summary>
internal sealed class TableLayout
{
    /// <summary>S = 0 on the first row; S(next) = S + Σh; T = S + Σh on the last row.</summary>
    private const int SumConstraints = 3;

    /// <summary>0 on the first row; instance(next) = instance + end.</summary>
    private const int InstanceConstraints = 2;

    /// <param name="chip">The chip.</param>
    /// <param name="parameters">The key's.</param>
    /// <param name="maxLogInstances">log₂ of the most instances in one proof.</param>
    /// <param name="number">The table's number among the key's.</param>
    /// <param name="group">The tables of its height.</param>
    public TableLayout(Chip chip, ProofParameters parameters, int maxLogInstances, int number, HeightGroup group)
    {
        Chip = chip;
        Group = group;
        Leads = group.Leader == number;
        Groups = chip.Reading.Layout.Groups;
        Interactions = chip.Reading.Interactions.Length;
        MainWidth = chip.MainColumns.Length;
        HasSum = Leads && Interactions > 0; // as the leader is chosen, no other table of its group has messages where it has none
        HasMask = parameters.IsHiding && HasSum && MainWidth > 0;
        if (HasMask)
        {
            // h·∏ den is of degree 3 for two fractions, of degree 2 for one.
            Groups = Degree >= 3
                ? Groups.Add(new(Interactions, TerminalMask.Messages, 3))
                : Groups.Add(new(Interactions, 1, 2)).Add(new(Interactions + 1, 1, 2));
            Interactions += TerminalMask.Messages;
            MainWidth += TerminalMask.Columns;
        }

        ReadsInstance = maxLogInstances > 0 && !chip.IsShared;
        HasInstance = Leads && ReadsInstance;
        PermutationWidth = ((Groups.Length + (HasSum ? 1 : 0)) * Extension5.Degree) + (HasInstance ? 1 : 0);
        FoldedConstraints = chip.Reading.Constraints.Length
            + Groups.Length
            + (HasSum ? SumConstraints : 0)
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

    /// <summary>The tables of this height.</summary>
    public HeightGroup Group { get; }

    /// <summary>Whether the table is its group's leader.</summary>
    public bool Leads { get; }

    /// <summary>Whether the table has the group's sum column and terminal.</summary>
    public bool HasSum { get; }

    /// <summary>Whether the table has the group's instance column.</summary>
    public bool HasInstance { get; }

    /// <summary>Whether the chip is told the instance of a row, from the leader's column.</summary>
    public bool ReadsInstance { get; }

    /// <summary>Base columns of the helpers, the first of the permutation matrix.</summary>
    public int HelperColumns => Groups.Length * Extension5.Degree;

    /// <summary>Base columns of the permutation matrix.</summary>
    public int PermutationWidth { get; }

    /// <summary>The first base column of S.</summary>
    public int SumColumn => HelperColumns;

    /// <summary>The instance column.</summary>
    public int InstanceColumn => PermutationWidth - 1;

    /// <summary>The declared degree bounds every constraint. The selectors' own constraints have degree 2.</summary>
    public int Degree => Math.Max(Chip.Degree, 2);

    /// <summary>Constraints folded with powers of the constraint challenge.</summary>
    public int FoldedConstraints { get; }

    /// <summary>Values of the widest message, its bus id counted.</summary>
    public int MessageWidth { get; }
}
