using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Ir;

/// <summary>The rules every function keeps, before and after every pass.</summary>
public static class IrValidator
{
    /// <summary>Throws where a rule is broken.</summary>
    /// <exception cref="InvalidOperationException">A broken rule, as a compiler bug.</exception>
    public static void Check(IrFunction function)
    {
        var read = new bool[function.Inputs.Length];
        var next = 0;
        foreach (var (result, op, mark) in function.Instructions)
        {
            Ensure(result.Id == next, $"{result} is defined out of order");
            Ensure(mark >= 0 && mark < function.Marks.Length, $"{result} has no mark");
            foreach (var operand in op.Operands)
                Ensure(operand.Id >= 0 && operand.Id < next, $"{op.GetType().Name} reads {operand} before its definition");
            if (op is IrNarrow { Failure: var first })
                CheckPrinted(first, next);
            if (op is IrRequire { Failure: var second })
                CheckPrinted(second, next);
            if (op is IrInputOp { Index: var index })
            {
                Ensure(index >= 0 && index < read.Length && !read[index], $"input {index} is read twice or does not exist");
                read[index] = true;
            }

            var types = IrTyping.Results(op, function.Inputs, function.TypeOf);
            Ensure(types.Length == op.ResultCount, $"{op.GetType().Name} has another number of results");
            for (var i = 0; i < types.Length; i++)
            {
                // A pass may know more than the rule, never less.
                var type = function.Types[next + i];
                Ensure(type.Kind == types[i].Kind && types[i].Interval.Contains(type.Interval), $"%{next + i} is typed {type}, its rule says {types[i]}");
            }

            next += op.ResultCount;
        }

        Ensure(next == function.Types.Length, "types and definitions differ in number");
        Ensure(Array.TrueForAll(read, r => r), "an input is never read");
        Ensure(function.Inputs.Select(i => i.Name).Distinct(StringComparer.Ordinal).Count() == read.Length, "two inputs have one name");
        foreach (var value in function.Publics)
            CheckLayout(value.Value, value.Layout, value.Name);
        foreach (var output in function.Outputs)
            CheckLayout(output.Value, output.Layout, output.Name);

        void CheckLayout(IrValue value, ScalarLayout layout, string name)
        {
            Ensure(value.Id >= 0 && value.Id < next, $"{name} is not defined");
            var type = function.TypeOf(value);
            Ensure(type.Kind == layout.Kind && (type.Kind != ScalarKind.Integer || layout.Interval.Contains(type.Interval)), $"{name} of {type} is laid out as {layout}");
        }

        static void CheckPrinted(IrFailure failure, int next)
        {
            foreach (var value in failure.Printed())
                Ensure(value.Id >= 0 && value.Id < next, $"a message prints {value} before its definition");
        }

        static void Ensure(bool condition, string message)
        {
            if (!condition)
                throw new InvalidOperationException($"compiler bug: {message}");
        }
    }
}
