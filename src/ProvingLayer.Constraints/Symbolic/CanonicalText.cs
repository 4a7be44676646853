using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ProvingLayer.Constraints.Symbolic;

/// <summary>
/// The text of a chip that its machine's id is a digest of: one line a shared operation, constraint or message. Names of columns and
/// constraints are left out: what they say may be reworded without changing what is proved.
/// </summary>
internal static class CanonicalText
{
    public static string Of(Chip chip, ImmutableArray<ConstraintReading> constraints, ImmutableArray<InteractionReading> interactions)
    {
        var writer = new Writer();
        writer.Line($"chip {chip.Name} degree {chip.Degree} main {chip.MainColumns.Length} preprocessed {chip.PreprocessedColumns.Length} next {(chip.ReadsNextPreprocessedRow ? 1 : 0)} shared {(chip.IsShared ? 1 : 0)}");
        foreach (var constraint in constraints)
        {
            var value = writer.Operand(constraint.Value);
            writer.Line($"zero {value}");
        }

        foreach (var interaction in interactions)
        {
            var multiplicity = writer.Operand(interaction.Multiplicity);
            var values = interaction.Values.Select(writer.Operand).ToArray();
            writer.Line($"{(interaction.IsSend ? "send" : "receive")} {(int)interaction.Bus} {(int)interaction.Kind} {multiplicity} : {string.Join(' ', values)}");
        }

        return writer.ToString();
    }

    private sealed class Writer
    {
        private readonly StringBuilder text = new();
        private readonly Dictionary<ExpressionNode, int> numbers = new(ReferenceEqualityComparer.Instance);

        public void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        public string Operand(ExpressionNode node)
        {
            switch (node.Kind)
            {
                case ExpressionKind.Constant:
                    return node.Constant.ToString();
                case ExpressionKind.Main:
                    return "m" + Number(node.Column);
                case ExpressionKind.Preprocessed:
                    return "p" + Number(node.Column);
                case ExpressionKind.PreprocessedNext:
                    return "q" + Number(node.Column);
                case ExpressionKind.Instance:
                    return "i";
            }

            if (!numbers.TryGetValue(node, out var number))
            {
                var left = Operand(node.Left!);
                var right = node.Right is null ? "" : Operand(node.Right);
                number = numbers.Count;
                numbers.Add(node, number);
                var sign = node.Kind switch { ExpressionKind.Sum => "+", ExpressionKind.Product => "*", _ => "-" };
                text.Append('t').Append(Number(number)).Append('=').Append(node.Right is null ? "-" + left : left + sign + right).Append('\n');
            }

            return "t" + Number(number);
        }

        public override string ToString() => text.ToString();

        private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
