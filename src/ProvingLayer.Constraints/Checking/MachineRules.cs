using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Symbolic;

namespace ProvingLayer.Constraints.Checking;

/// <summary>
/// What a chip's text must satisfy before anything is proved with it: degree within the declared one, one width a bus, addresses and
/// indices that the key fixes, multiplicities of the kinds they declare.
/// </summary>
public static class MachineRules
{
    /// <summary>The least degree of a chip and the greatest: a quotient of 8 chunks fits a code of rate 1/8.</summary>
    public const int LeastDegree = 2, GreatestDegree = 9;

    /// <summary>Every fault of a chip; none if it may be used.</summary>
    public static IEnumerable<string> FaultsOf(Chip chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        var reading = chip.Reading;
        if (chip.Degree is < LeastDegree or > GreatestDegree)
            yield return Text($"{chip.Name}: the declared degree {chip.Degree} is not between {LeastDegree} and {GreatestDegree}");
        foreach (var constraint in reading.Constraints)
        {
            if (constraint.Degree > chip.Degree)
                yield return Text($"{chip.Name}: \"{constraint.Name}\" has degree {constraint.Degree}, declared is {chip.Degree}");
        }

        if (reading.Layout.Degree > chip.Degree)
            yield return Text($"{chip.Name}: a helper column has degree {reading.Layout.Degree}, declared is {chip.Degree}");
        foreach (var interaction in reading.Interactions)
        {
            foreach (var fault in FaultsOf(chip, interaction))
                yield return Text($"{chip.Name}: \"{interaction.Name}\": {fault}");
        }

        foreach (var fault in ColumnFaults(chip))
            yield return Text($"{chip.Name}: {fault}");
    }

    private static IEnumerable<string> FaultsOf(Chip chip, InteractionReading interaction)
    {
        if (!Enum.IsDefined(interaction.Bus))
        {
            yield return "there is no such bus";
            yield break;
        }

        if (interaction.Values.Length != interaction.Bus.Width())
        {
            yield return Text($"{interaction.Values.Length} values on a bus of width {interaction.Bus.Width()}");
            yield break;
        }

        if (interaction.Bus.CarriesCells())
        {
            if (chip.IsShared)
                yield return "a shared table has no cells";
            if (interaction.Values[0].Kind != ExpressionKind.Instance)
                yield return "the first value of a cell's message is the instance";
            if (!IsPreprocessed(interaction.Values[1]))
                yield return "the address is not preprocessed";
            if (interaction.Kind != MultiplicityKind.Preprocessed)
                yield return "a cell is written and read with preprocessed multiplicities";
        }

        if (interaction.Bus == Bus.Mask)
            yield return "the masks are the protocol's own";
        if (interaction.Bus == Bus.Public && (interaction.IsSend || !IsPreprocessed(interaction.Values[0])))
            yield return "public values are received, at a preprocessed index";
        if (interaction.Bus == Bus.History && interaction.Kind != MultiplicityKind.Boolean)
            yield return "a step of a history is active or not";
        if (interaction.Bus == Bus.Byte && interaction.IsSend != chip.IsShared)
            yield return "bytes are sent by the shared table and received by the others";
        if (interaction.Multiplicity.Dependence.HasFlag(Dependence.Instance))
            yield return "the multiplicity depends on the instance";
        switch (interaction.Kind)
        {
            case MultiplicityKind.Preprocessed when !IsPreprocessed(interaction.Multiplicity):
                yield return "the multiplicity is not preprocessed";
                break;
            case MultiplicityKind.Boolean when !chip.Reading.Constraints.Any(c => AssertsBoolean(c.Value, interaction.Multiplicity)):
                yield return "the multiplicity is not asserted to be boolean";
                break;
            case MultiplicityKind.Count when !interaction.IsSend || !chip.IsShared || !interaction.Values.All(IsPreprocessed):
                yield return "a free count is for messages that are wholly preprocessed, sent by a shared table";
                break;
        }
    }

    private static IEnumerable<string> ColumnFaults(Chip chip)
    {
        var seen = new HashSet<ExpressionNode>(ReferenceEqualityComparer.Instance);
        var next = false;
        var outside = false;
        var instanceOfShared = false;
        var pending = new Stack<ExpressionNode>(chip.Reading.Constraints.Select(c => c.Value)
            .Concat(chip.Reading.Interactions.SelectMany(i => i.Values.Append(i.Multiplicity))));
        while (pending.TryPop(out var node))
        {
            if (!seen.Add(node))
                continue;
            next |= node.Kind == ExpressionKind.PreprocessedNext;
            instanceOfShared |= node.Kind == ExpressionKind.Instance && chip.IsShared;
            outside |= node.Kind == ExpressionKind.Main && (uint)node.Column >= (uint)chip.MainColumns.Length;
            outside |= node.Kind is ExpressionKind.Preprocessed or ExpressionKind.PreprocessedNext
                && (uint)node.Column >= (uint)chip.PreprocessedColumns.Length;
            if (node.Left is not null)
                pending.Push(node.Left);
            if (node.Right is not null)
                pending.Push(node.Right);
        }

        if (next != chip.ReadsNextPreprocessedRow)
            yield return "whether the next preprocessed row is read is not what the chip declares";
        if (outside)
            yield return "a column is read that the chip does not declare";
        if (instanceOfShared)
            yield return "a shared table has no instance";
    }

    /// <summary>Whether a constraint is m·(m − 1), (m − 1)·m, m·(1 − m) or (1 − m)·m for this multiplicity m.</summary>
    private static bool AssertsBoolean(ExpressionNode constraint, ExpressionNode multiplicity) =>
        constraint.Kind == ExpressionKind.Product
        && ((AreSame(constraint.Left!, multiplicity) && IsComplement(constraint.Right!, multiplicity))
            || (AreSame(constraint.Right!, multiplicity) && IsComplement(constraint.Left!, multiplicity)));

    private static bool IsComplement(ExpressionNode node, ExpressionNode multiplicity) =>
        node.Kind == ExpressionKind.Difference
        && ((AreSame(node.Left!, multiplicity) && node.Right!.IsConstant(KoalaBear.One))
            || (node.Left!.IsConstant(KoalaBear.One) && AreSame(node.Right!, multiplicity)));

    /// <summary>Multiplicities that are asserted boolean are main columns: no other expressions are compared.</summary>
    private static bool AreSame(ExpressionNode left, ExpressionNode right) =>
        left.Kind == ExpressionKind.Main && right.Kind == ExpressionKind.Main && left.Column == right.Column;

    private static bool IsPreprocessed(ExpressionNode node) => (node.Dependence & ~Dependence.Preprocessed) == Dependence.None;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
