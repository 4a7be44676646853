using System.Globalization;
using System.Text;

namespace ProvingLayer.Compiler.Ir;

/// <summary>The stable text of a program or function, as <c>tenor dump --stage ir</c> prints it.</summary>
public static class IrPrinter
{
    /// <summary>The text of a program: every function.</summary>
    public static string Print(IrProgram program)
    {
        var text = new StringBuilder();
        text.Append(program.IsMachine ? "machine " : "statement ").Append(program.Name).Append('\n');
        if (program.IsMachine)
            text.Append("states ").AppendJoin(", ", program.States.Select((s, i) => $"{i} {s}")).Append('\n');
        foreach (var function in program.Functions)
            text.Append('\n').Append(Print(function));
        return text.ToString();
    }

    /// <summary>The text of a function: an instruction a line, its type and its place behind it.</summary>
    public static string Print(IrFunction function)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{function.Kind.ToString().ToLowerInvariant()} {function.Name} #{function.Index}\n");
        foreach (var (result, op, mark) in function.Instructions)
        {
            text.Append("  ");
            var start = text.Length;
            for (var i = 0; i < op.ResultCount; i++)
                text.Append(i > 0 ? ", " : "").Append(CultureInfo.InvariantCulture, $"%{result.Id + i}: {function.Types[result.Id + i]}");
            if (op.ResultCount > 0)
                text.Append(" = ");
            Print(text, op, function);
            var place = function.Marks[mark];
            if (place.Line > 0)
                text.Append(' ', Math.Max(1, 60 - (text.Length - start))).Append(CultureInfo.InvariantCulture, $"; {place.Line},{place.Column}");
            text.Append('\n');
        }

        for (var i = 0; i < function.Receipts.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"  receipt {i} {function.Receipts[i].Direction.ToString().ToLowerInvariant()} {function.Receipts[i].Asset}\n");
        for (var i = 0; i < function.Events.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"  event {i} {function.Events[i].Name} ({string.Join(", ", function.Events[i].Fields)})\n");
        foreach (var value in function.Publics)
            text.Append(CultureInfo.InvariantCulture, $"  public {value.Name} = {value.Value}: {value.Layout}\n");
        foreach (var output in function.Outputs)
            text.Append(CultureInfo.InvariantCulture, $"  output {output.Name} = {output.Value}: {output.Layout}\n");
        return text.ToString();
    }

    private static void Print(StringBuilder text, IrOp op, IrFunction function)
    {
        switch (op)
        {
            case IrInputOp input:
                text.Append("input ").Append(function.Inputs[input.Index].Name);
                break;
            case IrConstant constant:
                text.Append("const ").Append(constant.Value.ToString());
                break;
            case IrBinary b:
                text.Append(CultureInfo.InvariantCulture, $"{Name(b.Kind)} {b.Left}, {b.Right}");
                break;
            case IrDivRem d:
                text.Append(CultureInfo.InvariantCulture, $"divrem {d.Numerator}, {d.Divisor}");
                break;
            case IrNot n:
                text.Append(CultureInfo.InvariantCulture, $"not {n.Value}");
                break;
            case IrSelect s:
                text.Append(CultureInfo.InvariantCulture, $"select {s.Condition}, {s.WhenTrue}, {s.WhenFalse}");
                break;
            case IrNarrow n:
                text.Append(CultureInfo.InvariantCulture, $"narrow {n.Value} to {n.Interval} else {Print(n.Failure)}");
                break;
            case IrRequire r:
                text.Append(CultureInfo.InvariantCulture, $"require {r.Condition} else {Print(r.Failure)}");
                break;
            case IrBytes b:
                text.Append(CultureInfo.InvariantCulture, $"bytes {string.Join(", ", b.Bytes.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Value}[{p.Index}]")))}");
                break;
            case IrByteHash h:
                text.Append(CultureInfo.InvariantCulture, $"{h.Kind.ToString().ToLowerInvariant()} of {h.Length} bytes ({string.Join(", ", h.Pieces)})");
                break;
            case IrHash h:
                text.Append(CultureInfo.InvariantCulture, $"hash {h.Tag} ({string.Join(", ", h.Parts.Select(p => $"{p.Value}: {p.Layout}"))})");
                break;
            case IrPath p:
                text.Append(CultureInfo.InvariantCulture, $"path from {p.Leaf} at {p.Index}: {p.Layout} by {p.Siblings[0]} … {p.Siblings[^1]}");
                break;
            case IrChains c:
                text.Append(CultureInfo.InvariantCulture, $"chains of {c.Hash} from {c.Chains[0]} … {c.Chains[^1]}");
                break;
            case IrVerify v:
                text.Append(CultureInfo.InvariantCulture, $"verify {function.Proofs[v.Proof].Name} of {function.Proofs[v.Proof].ProgramText} for {v.Arguments}, {v.Result} else {Print(v.Failure)}");
                break;
            case IrVerifyHistory v:
                text.Append(CultureInfo.InvariantCulture, $"verify {function.Proofs[v.Proof].Name} of a history of {function.Proofs[v.Proof].Program.Name} with room for {function.Proofs[v.Proof].RoomText} for {string.Join(", ", v.Said)} else {Print(v.Failure)}");
                break;
            case IrAskSignature s:
                text.Append(CultureInfo.InvariantCulture, $"ask {function.Signatures[s.Signature].Name} of {s.Key} for {s.Message}");
                break;
            case IrAsk a:
                text.Append(CultureInfo.InvariantCulture, $"ask {a.Access} {function.Accesses[a.Access].Map} {a.Root} for ({string.Join(", ", a.Key)})");
                break;
            case IrTell t:
                var value = t.Value is { } written ? $"({string.Join(", ", written)})" : "nothing";
                text.Append(CultureInfo.InvariantCulture, $"tell {t.Access} {t.Before} ({string.Join(", ", t.Key)}) = {value} gives {t.After}");
                break;
            default:
                throw new InvalidOperationException($"compiler bug: no text for {op.GetType().Name}");
        }
    }

    private static string Name(IrBinaryKind kind) => kind switch
    {
        IrBinaryKind.Add => "add",
        IrBinaryKind.Subtract => "sub",
        IrBinaryKind.Multiply => "mul",
        IrBinaryKind.Less => "less",
        IrBinaryKind.Equal => "equal",
        IrBinaryKind.And => "and",
        _ => "or",
    };

    private static string Print(IrFailure failure)
    {
        var text = new StringBuilder(failure.Name).Append(" \"");
        foreach (var part in failure.Message)
        {
            text.Append(part.Text);
            if (part.Numerator is { } numerator)
                text.Append(CultureInfo.InvariantCulture, $"{{{numerator}{(part.Denominator is { } d ? $"/{d}" : "")}}}");
        }

        return text.Append('"').ToString();
    }
}
