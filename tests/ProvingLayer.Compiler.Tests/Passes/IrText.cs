using System.Globalization;
using System.Numerics;
using System.Text;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Tests.Passes;

/// <summary>
/// Functions as short texts, for tests of single passes: <c>a = input 0..255</c>, <c>b = 7</c>, <c>c = add a b</c>, <c>q r = divrem a b</c>, <c>s = select t a b</c>,
/// <c>n = narrow c 0..9</c>, <c>require t Name</c>, <c>output n</c>. Printed, values are numbered in the order they stand in.
/// </summary>
internal static class IrText
{
    public static IrFunction Read(string text)
    {
        var builder = new IrBuilder();
        var values = new Dictionary<string, IrValue>(StringComparer.Ordinal);
        var outputs = new List<IrOutput>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var equals = Array.IndexOf(words, "=");
            var (names, op) = (words[..Math.Max(0, equals)], words[(equals + 1)..]);
            IrValue V(int i) => values[op[i]];
            switch (op[0])
            {
                case "require":
                    builder.Require(V(1), IrFailure.Of(FailureKind.Require, op[2], ""));
                    continue;
                case "output":
                    outputs.Add(new(op[1], IrOutputRole.Result, V(1), Layout(builder.TypeOf(V(1))), ScalarFormat.Integer));
                    continue;
                case "divrem":
                    (values[names[0]], values[names[1]]) = builder.DivRem(V(1), V(2));
                    continue;
            }

            values[names[0]] = op[0] switch
            {
                "input" => Input(builder, names[0], op[1]),
                "add" => builder.Add(V(1), V(2)),
                "sub" => builder.Subtract(V(1), V(2)),
                "mul" => builder.Multiply(V(1), V(2)),
                "less" => builder.Less(V(1), V(2)),
                "equal" => builder.Equal(V(1), V(2)),
                "and" => builder.And(V(1), V(2)),
                "or" => builder.Or(V(1), V(2)),
                "not" => builder.Not(V(1)),
                "select" => builder.Select(V(1), V(2), V(3)),
                "narrow" => builder.Narrow(V(1), Range(op[2]), IrFailure.Of(FailureKind.Range, op.Length > 3 ? op[3] : "OutOfRange", "")),
                "true" or "false" => builder.Constant(op[0] == "true"),
                var number => builder.Constant(BigInteger.Parse(number, CultureInfo.InvariantCulture)),
            };
        }

        return builder.Build("text", IrFunctionKind.Expression, 0, [], outputs);
    }

    public static string Print(IrFunction function)
    {
        var names = new Dictionary<int, string>();
        var text = new StringBuilder();
        string N(IrValue value) => names[value.Id];
        string Define(IrValue value) => names[value.Id] = $"v{names.Count}";
        foreach (var (result, op, _) in function.Instructions)
        {
            text.AppendLine(op switch
            {
                IrInputOp i when function.Inputs[i.Index].Type.Kind == ScalarKind.Boolean => $"{Define(result)} = input bool",
                IrInputOp i => $"{Define(result)} = input {function.Inputs[i.Index].Type.Interval.Low}..{function.Inputs[i.Index].Type.Interval.High}",
                IrConstant { Value: { Kind: ScalarKind.Boolean } b } => $"{Define(result)} = {(b.IsTrue ? "true" : "false")}",
                IrConstant c => $"{Define(result)} = {c.Value.Number}",
                IrBinary b => $"{NameOf(b.Kind)} {N(b.Left)} {N(b.Right)}" is var right ? $"{Define(result)} = {right}" : "",
                IrDivRem d => $"divrem {N(d.Numerator)} {N(d.Divisor)}" is var right ? $"{Define(result)} {Define(new(result.Id + 1))} = {right}" : "",
                IrNot n => $"not {N(n.Value)}" is var right ? $"{Define(result)} = {right}" : "",
                IrSelect s => $"select {N(s.Condition)} {N(s.WhenTrue)} {N(s.WhenFalse)}" is var right ? $"{Define(result)} = {right}" : "",
                IrNarrow n => $"narrow {N(n.Value)} {n.Interval.Low}..{n.Interval.High} {n.Failure.Name}" is var right ? $"{Define(result)} = {right}" : "",
                IrRequire r => $"require {N(r.Condition)} {r.Failure.Name}",
                _ => throw new InvalidOperationException(op.GetType().Name),
            });
        }

        foreach (var output in function.Outputs)
            text.AppendLine($"output {N(output.Value)}");
        return text.ToString().ReplaceLineEndings("\n").Trim();
    }

    private static IrValue Input(IrBuilder builder, string name, string type) => type == "bool"
        ? builder.Input(new(name, IrInputRole.PrivateArgument, IrType.Boolean, ScalarLayout.Boolean, ScalarFormat.Boolean))
        : builder.Input(new(name, IrInputRole.PrivateArgument, IrType.Integer(Range(type)), ScalarLayout.Signed(128), ScalarFormat.Integer));

    private static Interval Range(string text)
    {
        var ends = text.Split("..");
        return new(BigInteger.Parse(ends[0], CultureInfo.InvariantCulture), BigInteger.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    private static ScalarLayout Layout(IrType type) => type.Kind == ScalarKind.Boolean ? ScalarLayout.Boolean : ScalarLayout.Signed(256);

    private static string NameOf(IrBinaryKind kind) => kind switch
    {
        IrBinaryKind.Subtract => "sub",
        IrBinaryKind.Multiply => "mul",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
