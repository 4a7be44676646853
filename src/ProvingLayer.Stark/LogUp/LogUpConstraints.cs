using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.LogUp;

/// <summary>Takes constraints one after the other and folds them with powers of the constraint challenge.</summary>
/// <typeparam name="TExtension">The algebra of challenges.</typeparam>
internal interface IConstraintFolder<TExtension>
    where TExtension : struct, IRing<TExtension>
{
    void AssertZeroExtension(TExtension value);
}

/// <summary>The values of a table's own columns and selectors at a point, beside what the chip reads.</summary>
/// <typeparam name="TBase">The algebra of rows.</typeparam>
/// <typeparam name="TExtension">The algebra of challenges.</typeparam>
internal readonly ref struct RowContext<TBase, TExtension>
    where TBase : struct, IRing<TBase>
    where TExtension : struct, IRing<TExtension>
{
    /// <summary>One value a helper column.</summary>
    public required ReadOnlySpan<TExtension> Helpers { get; init; }

    /// <summary>At a leader, Σh of the other tables of its group.</summary>
    public required TExtension Others { get; init; }

    public required TExtension Sum { get; init; }

    public required TExtension SumNext { get; init; }

    public required TExtension Terminal { get; init; }

    public required TBase Instance { get; init; }

    public required TBase InstanceNext { get; init; }

    /// <summary>1 on the first row, 0 on the others.</summary>
    public required TBase IsFirst { get; init; }

    /// <summary>1 on the last row, 0 on the others.</summary>
    public required TBase IsLast { get; init; }

    /// <summary>X − g⁻¹: 0 on the last row alone.</summary>
    public required TBase IsTransition { get; init; }

    /// <summary>1 on the last row of each period, 0 on the others.</summary>
    public required TBase IsPeriodEnd { get; init; }
}

/// <summary>The constraints that the protocol adds to a chip's own; written once, for prover and verifier.</summary>
/// <typeparam name="TBase">The algebra of rows.</typeparam>
/// <typeparam name="TExtension">The algebra of challenges.</typeparam>
/// <typeparam name="TAlgebra">How they meet.</typeparam>
internal static class LogUpConstraints<TBase, TExtension, TAlgebra>
    where TBase : struct, IRing<TBase>
    where TExtension : struct, IRing<TExtension>
    where TAlgebra : IExtensionAlgebra<TBase, TExtension>
{
    /// <param name="folder">Takes the constraints.</param>
    /// <param name="layout">The table.</param>
    /// <param name="row">Its values at the point.</param>
    /// <param name="numerators">Signed multiplicities of the chip's messages, in order.</param>
    /// <param name="denominators">Their fingerprints.</param>
    public static void Fold<TFolder>(
        ref TFolder folder,
        TableLayout layout,
        in RowContext<TBase, TExtension> row,
        ReadOnlySpan<TBase> numerators,
        ReadOnlySpan<TExtension> denominators)
        where TFolder : struct, IConstraintFolder<TExtension>, allows ref struct
    {
        // h·∏ den = Σ num·∏ others: h = Σ num/den wherever no fingerprint is zero.
        var total = row.Others;
        for (var i = 0; i < layout.Groups.Length; i++)
        {
            var group = layout.Groups[i];
            var product = denominators[group.Start];
            var sum = TAlgebra.Lift(numerators[group.Start]);
            for (var j = group.Start + 1; j < group.Start + group.Count; j++)
            {
                sum = (sum * denominators[j]) + TAlgebra.Scale(product, numerators[j]);
                product *= denominators[j];
            }

            folder.AssertZeroExtension((row.Helpers[i] * product) - sum);
            total += row.Helpers[i];
        }

        if (layout.HasSum)
        {
            // S starts at 0, grows by Σh of all tables of the group on every row, and has grown to T after the last one.
            var grown = row.Sum + total;
            folder.AssertZeroExtension(TAlgebra.Scale(row.Sum, row.IsFirst));
            folder.AssertZeroExtension(TAlgebra.Scale(row.SumNext - grown, row.IsTransition));
            folder.AssertZeroExtension(TAlgebra.Scale(grown - row.Terminal, row.IsLast));
        }

        if (layout.HasInstance)
        {
            // The instance is 0 in the first period and grows by 1 where a period ends: that determines the column.
            folder.AssertZeroExtension(TAlgebra.Lift(row.Instance * row.IsFirst));
            folder.AssertZeroExtension(TAlgebra.Lift((row.InstanceNext - row.Instance - row.IsPeriodEnd) * row.IsTransition));
        }
    }
}
