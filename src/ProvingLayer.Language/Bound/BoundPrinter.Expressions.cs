using System.Globalization;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <content>Expressions.</content>
public static partial class BoundPrinter
{
    private sealed partial class Writer
    {
        /// <summary>An expression; one with statements in it goes over several lines, those after the first indented.</summary>
        public string Text(int indent, BoundExpression expression) => expression switch
        {
            BoundLocal e => e.Local.Name,
            BoundDataField e => e.Field.Name,
            BoundStateField e => $"{e.State}.{e.Field}",
            BoundBalance e => $"{e.Vault}.balance",
            BoundMapGet e => $"{e.Map}.{(e.IsFind ? "find" : "get")}({Text(indent, e.Key)})",
            BoundLedgerBalance e => $"{e.Ledger}[{Text(indent, e.Key)}].balance",
            BoundMachineMapRead e => $"{e.Machine}.{Text(indent, e.Read)}",
            BoundNow e => e.End == NowEnd.From ? "now.from" : "now.to",
            BoundIsState e => $"(self is {string.Join(" | ", e.States)})",
            BoundStructElement e => $"{Text(indent, e.Receiver)}.{((StructType)e.Receiver.Type).Fields[e.Index].Name}",
            BoundTupleElement e => FormattableString.Invariant($"{Text(indent, e.Receiver)}.{e.Index}"),
            BoundArrayElement e => $"{Text(indent, e.Receiver)}[{Text(indent, e.Index)}]",
            BoundNumber e => Number(e),
            BoundBoolean e => e.Value ? "true" : "false",
            BoundDigest e => $"{e.Digest}({string.Join(" ", e.Words.Select(w => w.ToString(CultureInfo.InvariantCulture)))})",
            BoundBytes e => $"{e.Bytes}(0x{e.Digits})",
            BoundShuffle e => $"{e.Type}({List(indent, e.Operands)})[{Order(e.Order)}]",
            BoundByteHash e => $"{Text(indent, e.Operand)}.{(e.Kind == ByteHashKind.Sha256 ? "sha256" : "keccak256")}()",
            BoundDigestOf e => $"{Text(indent, e.Operand)}.digest()",
            BoundMerkleRoot e => $"{Text(indent, e.Leaf)}.merkle_root({Text(indent, e.Index)}, {Text(indent, e.Siblings)})",
            BoundTuple e => e.Elements.Length == 1 ? $"({Text(indent, e.Elements[0])},)" : $"({List(indent, e.Elements)})",
            BoundArray e => $"[{List(indent, e.Elements)}]",
            BoundRepeat e => FormattableString.Invariant($"[{Text(indent, e.Element)}; {e.Array.Length}]"),
            BoundStruct e => $"{e.Struct} {{ {string.Join(", ", e.Values.Select((v, i) => $"{e.Struct.Fields[e.Order[i]].Name}: {Text(indent, v)}"))} }}",
            BoundVariant { Choice: OptionType } e => e.Variant == 0 ? "none" : $"some({Text(indent, e.Values[0])})",
            BoundVariant e => $"{e.Choice}.{e.Choice.Variants[e.Variant].Name}{Values(indent, e.Values, e.Order, e.Choice.Variants[e.Variant].Fields)}",
            BoundIsVariant e => $"({Text(indent, e.Operand)} is {e.Choice.Variants[e.Variant].Name})",
            BoundPayload e => $"{Text(indent, e.Receiver)}.{e.Choice.Variants[e.Variant].Name}.{e.Choice.Variants[e.Variant].Fields[e.Index].Name}",
            BoundDisclose e => $"disclose({Text(indent, e.Operand)})",
            BoundTrust e => $"trust({Text(indent, e.Operand)}: {e.Type})",
            BoundStore e => $"({Text(indent, e.Operand)} ⇒{(e.Rounding == Rounding.None ? "" : e.Rounding.ToString().ToLowerInvariant())} {e.Target})",
            BoundArithmetic { Operator: ArithmeticOperator.Min or ArithmeticOperator.Max } e =>
                $"{(e.Operator == ArithmeticOperator.Min ? "min" : "max")}({Text(indent, e.Left)}, {Text(indent, e.Right)})",
            BoundArithmetic e => $"({Text(indent, e.Left)} {Symbol(e.Operator)} {Text(indent, e.Right)})",
            BoundNegate e => $"(-{Text(indent, e.Operand)})",
            BoundAbsolute e => $"abs({Text(indent, e.Operand)})",
            BoundComparison e => $"({Text(indent, e.Left)} {Symbol(e.Operator)} {Text(indent, e.Right)})",
            BoundEquality e => $"({Text(indent, e.Left)} {(e.IsNegated ? "!=" : "==")} {Text(indent, e.Right)})",
            BoundLogical e => $"({Text(indent, e.Left)} {Symbol(e.Operator)} {Text(indent, e.Right)})",
            BoundNot e => $"(!{Text(indent, e.Operand)})",
            BoundBlock e => Braces(indent, () => Block(indent + 1, e)),
            BoundConditional e => Conditional(indent, e),
            BoundStateMatch e => StateMatch(indent, e),
            BoundInvoke e => $"{e.Function}({string.Join(", ", e.Arguments.Select((v, i) => $"{e.Function.Parameters[e.Order[i]]}: {Text(indent, v)}"))})",
            BoundViewCall e => $"{e.Machine}.{e.View}({string.Join(", ", e.Arguments.Select((v, i) => $"{e.View.Parameters[e.Order[i]]}: {Text(indent, v)}"))})",
            BoundOld e => $"old({Text(indent, e.Operand)})",
            BoundOpen e => $"{Text(indent, e.Signed)}.open({Text(indent, e.Key)}) else {e.Error}",
            BoundSign e => $"{Text(indent, e.Key)}.sign({Text(indent, e.Operand)})",
            BoundVerify e => $"(verify {(e.Claim.IsSet ? "any of " : "")}{e.Claim}({string.Join(", ", e.Arguments.Select((v, i) => $"{e.Claim.Inputs[e.Order[i]]}: {Text(indent, v)}"))}) using {e.Proof.Local})",
            BoundProve e => $"prove({e.Claim}({string.Join(", ", e.Arguments.Select((v, i) => $"{e.Claim.Statement.Parameters[e.Order[i]]}: {Text(indent, v)}"))}))",
            BoundProveHistory e => $"prove({e.Machine}.history)",
            BoundTestKey e => $"K.{e.Name}",
            BoundConstruct e => $"new {e.Machine}({string.Join(", ", e.Values.Select((v, i) => $"{e.Machine.Machine.Data[e.Order[i]]}: {Text(indent, v)}"))})",
            BoundFlow e => $"flow({Text(indent, e.Party)}, {e.Asset})",
            BoundMachineRoot e => $"{e.Machine}.root",
            BoundMachineField e => $"{e.Machine}.{e.Field}",
            BoundMachineBalance e => $"{e.Machine}.{e.Vault}.balance",
            BoundMachineIsState e => $"({e.Machine} is {e.State})",
            _ => throw new InvalidOperationException($"compiler bug: no text form of {expression.GetType().Name}"),
        };

        private string List(int indent, IEnumerable<BoundExpression> expressions) => string.Join(", ", expressions.Select(e => Text(indent, e)));

        // Runs of bytes that follow each other, forwards or backwards, and zeros: "0..3, 7..4, 0 x 2".
        private static string Order(IReadOnlyList<int> order)
        {
            var runs = new List<string>();
            for (int start = 0, end; start < order.Count; start = end + 1)
            {
                var step = start + 1 < order.Count ? order[start + 1] - order[start] : 0;
                end = start;
                while ((order[start] == BoundShuffle.Zero ? step == 0 : step is 1 or -1) && end + 1 < order.Count && order[end + 1] == order[end] + step && (step == 0 || order[end + 1] != BoundShuffle.Zero))
                {
                    end++;
                }

                runs.Add(order[start] == BoundShuffle.Zero ? FormattableString.Invariant($"zero x {end - start + 1}")
                    : end == start ? FormattableString.Invariant($"{order[start]}")
                    : FormattableString.Invariant($"{order[start]}..{order[end]}"));
            }

            return string.Join(", ", runs);
        }

        private static string Number(BoundNumber number) => number.Type switch
        {
            NumberType type => $"{type}({number.Value})",
            ExactType { Unit.IsNone: false } type => $"{number.Value} {type.Unit}",
            _ => number.Value.ToString(),
        };

        private string Conditional(int indent, BoundConditional expression)
        {
            var condition = Text(indent, expression.Condition);
            return IsPlain(expression.Then) && IsPlain(expression.Else)
                ? $"(if {condition} then {Text(indent, expression.Then)} else {Text(indent, expression.Else)})"
                : $"if {condition} {Arm(indent, expression.Then)} else {Arm(indent, expression.Else)}";
        }

        private string StateMatch(int indent, BoundStateMatch match) => Braces(
            indent,
            () =>
            {
                foreach (var arm in match.Arms)
                {
                    Line(indent + 1, $"{string.Join(" | ", arm.States)} => {Arm(indent + 1, arm.Value)}");
                }
            },
            "match self ");

        private string Arm(int indent, BoundExpression value) => value is BoundBlock block ? Text(indent, block) : IsPlain(value) ? Text(indent, value) : Braces(indent, () => Line(indent + 1, $"value {Text(indent + 1, value)}"));

        private static bool IsPlain(BoundExpression expression) => expression is not (BoundBlock or BoundConditional or BoundStateMatch);

        // The lines between the braces go through the same writer: they are taken out of it again, and are part of this expression's text.
        private string Braces(int indent, Action lines, string before = "")
        {
            var start = _text.Length;
            lines();
            var inside = _text.ToString(start, _text.Length - start);
            _text.Length = start;
            return inside.Length == 0 ? $"{before}{{ }}" : $"{before}{{\n{inside}{new string(' ', 4 * indent)}}}";
        }

        private static string Symbol(ArithmeticOperator operation) => operation switch
        {
            ArithmeticOperator.Add => "+",
            ArithmeticOperator.Subtract => "-",
            ArithmeticOperator.Multiply => "*",
            ArithmeticOperator.Divide => "/",
            _ => "%",
        };

        private static string Symbol(ComparisonOperator operation) => operation switch
        {
            ComparisonOperator.Equal => "==",
            ComparisonOperator.NotEqual => "!=",
            ComparisonOperator.Less => "<",
            ComparisonOperator.LessOrEqual => "<=",
            ComparisonOperator.Greater => ">",
            _ => ">=",
        };

        private static string Symbol(LogicalOperator operation) => operation switch
        {
            LogicalOperator.And => "&&",
            LogicalOperator.Or => "||",
            _ => "implies",
        };
    }
}
